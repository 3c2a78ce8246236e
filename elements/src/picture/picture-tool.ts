/** The base of every tool for shapes on a picture; a tool adds its kind of shape. */
import { PictureStage } from './picture-stage.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { ToolWithPicture } from './tool-with-picture.ts';

export abstract class PictureTool<S extends Shape> extends ToolWithPicture<PictureStage<S>> {
  constructor(kind: ShapeKind<S>) {
    super((host) => new PictureStage(kind, host));
  }
}
