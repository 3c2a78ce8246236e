/** Labelled open lines on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-polyline"). */
import { PictureTool } from '../picture/picture-tool.ts';
import type { Path } from '../picture/shapes/path.ts';
import { POLYLINES } from './polylines.ts';

/** Answers `{inputImageProperties, polylines: [{label, vertices: [{x, y}]}][, initialValueModified]}`. */
export class CrowdPolyline extends PictureTool<Path> {
  constructor() {
    super(POLYLINES);
  }
}
