/** Labelled polygons on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-polygon"). */
import { PictureTool } from '../picture/picture-tool.ts';
import type { Path } from '../picture/shapes/path.ts';
import { POLYGONS } from './polygons.ts';

/** Answers `{inputImageProperties, polygons: [{label, vertices: [{x, y}]}][, initialValueModified]}`. */
export class CrowdPolygon extends PictureTool<Path> {
  constructor() {
    super(POLYGONS);
  }
}
