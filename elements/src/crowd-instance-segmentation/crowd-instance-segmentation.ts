/** The pixels of each thing on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-instance-segmentation"). */
import type { TemplateResult } from 'lit';
import { RasterTool } from '../raster/raster-tool.ts';
import { regionList, regionListStyles } from './region-list.ts';
import { INSTANCES } from './instances.ts';

/** Answers `{instances: [{color, label}], labeledImage: {pngImageData}, inputImageProperties[, initialValueModified]}`. */
export class CrowdInstanceSegmentation extends RasterTool {
  static override styles = [RasterTool.styles, regionListStyles];

  constructor() {
    super(INSTANCES);
  }

  /** What has the labels. */
  protected override renderMorePanes(): TemplateResult {
    const { stage } = this;
    return regionList({ work: stage.work, rearranging: stage.rearranging, begin: () => stage.show(undefined), select: (number) => stage.show(number) });
  }
}
