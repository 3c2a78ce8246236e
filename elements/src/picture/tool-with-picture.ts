/** The base of every tool whose stage has a picture. */
import type { PropertyValues } from 'lit';
import { text } from '../base/text-property.ts';
import { AnnotationTool } from '../tool/annotation-tool.ts';
import { verifyBarStyles } from './checking/verify-bar.ts';
import type { StageWithPicture } from './stage-with-picture.ts';
import { stageStyles } from './view/stage-view.ts';

export abstract class ToolWithPicture<T extends StageWithPicture> extends AnnotationTool<T> {
  static override styles = [AnnotationTool.styles, stageStyles, verifyBarStyles];

  /** The address of the picture. */
  @text() src = '';

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('src')) this.stage.load(this.src);
    this.stage.verifying?.consider(this.isDisabled);
  }
}
