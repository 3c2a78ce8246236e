/** The class of each pixel of a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-semantic-segmentation"). */
import { RasterTool } from '../raster/raster-tool.ts';
import { CLASSES } from './classes.ts';

/** Answers `{labelMappings: {label: {color}}, labeledImage: {pngImageData}, inputImageProperties[, initialValueModified]}`. */
export class CrowdSemanticSegmentation extends RasterTool {
  constructor() {
    super(CLASSES);
  }
}
