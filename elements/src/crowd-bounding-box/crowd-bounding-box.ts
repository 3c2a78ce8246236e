/** Labelled rectangles on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-bounding-box"). */
import { AnnotationTool } from '../annotation/annotation-tool.ts';
import type { Box } from './box.ts';
import { BoxKind } from './box-kind.ts';

/** Answers `{boundingBoxes: [{height, label, left, top, width}], inputImageProperties[, initialValueModified]}`. */
export class CrowdBoundingBox extends AnnotationTool<Box> {
  constructor() {
    super(new BoxKind());
  }
}
