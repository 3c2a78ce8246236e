/** The base of every tool for shapes on a picture; a tool adds its kind of shape. */
import { html, type TemplateResult } from 'lit';
import { ObjectList } from '../tool/objects/object-list.ts';
import { objectListStyles } from '../tool/objects/object-list.styles.ts';
import { PictureStage } from './picture-stage.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { scorePane, scorePaneStyles } from './checking/score-pane.ts';
import { ToolWithPicture } from './tool-with-picture.ts';

export abstract class PictureTool<S extends Shape> extends ToolWithPicture<PictureStage<S>> {
  static override styles = [ToolWithPicture.styles, objectListStyles, scorePaneStyles];

  constructor(kind: ShapeKind<S>) {
    super((host) => new PictureStage(kind, host, () => this.focusScores()));
  }

  protected override renderMorePanes(): TemplateResult {
    return html`${ObjectList.place} ${scorePane(this.stage.scores, this.stage.takeFocus)}`;
  }

  private focusScores(): void {
    this.renderRoot.querySelector<HTMLElement>('.scores input')?.focus();
  }
}
