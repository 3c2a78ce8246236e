/** Labelled lines of two points on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-line"). */
import { PictureTool } from '../picture/picture-tool.ts';
import type { Path } from '../picture/shapes/path.ts';
import { LINES } from './lines.ts';

/** Answers `{inputImageProperties, lines: [{label, vertices: [{x, y}, {x, y}]}][, initialValueModified]}`. */
export class CrowdLine extends PictureTool<Path> {
  constructor() {
    super(LINES);
  }
}
