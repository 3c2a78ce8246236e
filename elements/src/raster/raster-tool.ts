/** The base of every tool for a mask on a picture; a tool adds its kind of mask. */
import { ToolWithPicture } from '../picture/tool-with-picture.ts';
import { controlStyles } from './controls.ts';
import type { RasterKind } from './raster-kind.ts';
import { RasterStage } from './raster-stage.ts';

export abstract class RasterTool extends ToolWithPicture<RasterStage> {
  static override styles = [ToolWithPicture.styles, controlStyles];

  constructor(kind: RasterKind) {
    super((host) => new RasterStage(kind, host));
  }
}
