/** The base of every tool for shapes on a picture; a tool adds its kind of shape. */
import { html, type TemplateResult } from 'lit';
import { PictureStage } from './picture-stage.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { scorePane, scorePaneStyles } from './score-pane.ts';
import { ToolWithPicture } from './tool-with-picture.ts';

export abstract class PictureTool<S extends Shape> extends ToolWithPicture<PictureStage<S>> {
  static override styles = [ToolWithPicture.styles, scorePaneStyles];

  constructor(kind: ShapeKind<S>) {
    super((host) => new PictureStage(kind, host, () => this.focusScores()));
  }

  /** The labels, and below them the scores. */
  protected override renderPane(): TemplateResult {
    return html`<div class="panes">${super.renderPane()} ${scorePane(this.stage.scores, this.stage.takeFocus)}</div>`;
  }

  private focusScores(): void {
    this.renderRoot.querySelector<HTMLElement>('.scores input')?.focus();
  }
}
