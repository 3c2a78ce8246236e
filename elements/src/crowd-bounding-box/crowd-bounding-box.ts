/** Labelled rectangles on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-bounding-box"). */
import { PictureTool } from '../picture/picture-tool.ts';
import type { Box } from '../picture/shapes/box.ts';
import { BOXES } from './boxes.ts';

/** Answers `{boundingBoxes: [{height, label, left, top, width}], inputImageProperties[, initialValueModified]}`. */
export class CrowdBoundingBox extends PictureTool<Box> {
  constructor() {
    super(BOXES);
  }
}
