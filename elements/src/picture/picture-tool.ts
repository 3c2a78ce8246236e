/** The base of every tool for shapes on a picture; a tool adds its kind of shape. */
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { AnnotationTool } from '../tool/annotation-tool.ts';
import { PictureStage } from './picture-stage.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { stageStyles } from './stage-view.ts';

export abstract class PictureTool<S extends Shape> extends AnnotationTool<PictureStage<S>> {
  static override styles = [AnnotationTool.styles, stageStyles];

  /** The address of the picture. */
  @property() src = '';

  constructor(kind: ShapeKind<S>) {
    super((host) => new PictureStage(kind, host));
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('src')) this.stage.load(this.src);
  }
}
