/** What every stage with a picture shares, whatever work is done on it. */
import { nothing, type TemplateResult } from 'lit';
import type { JsonObject } from '../base/json-object.ts';
import type { Hint } from '../tool/shortcuts.ts';
import type { Noun, Stage } from '../tool/stage.ts';
import type { Work } from '../tool/work.ts';
import { verifyBar } from './checking/verify-bar.ts';
import type { Verifying } from './checking/verifying.ts';
import { PictureView } from './view/picture-view.ts';
import { closerButton, closerKey, viewButtons } from './view/view-keys.ts';

export abstract class StageWithPicture extends PictureView implements Stage {
  abstract readonly noun: Noun;
  abstract readonly work: Work;
  abstract readonly keys: Stage['keys'];
  abstract readonly value: JsonObject;
  abstract readonly remark: string;
  abstract readonly selection: string | undefined;
  /** Predictions are checked one by one here. */
  readonly verifying: Verifying | undefined = undefined;

  /** With annotations to look at, also what leads to one of them. */
  override get lookingKeys(): readonly Hint[] {
    return this.work.count > 0 ? [...super.lookingKeys, closerKey(this.surface, this.noun.singular)] : super.lookingKeys;
  }

  override viewButtons(): TemplateResult {
    return viewButtons(this.surface, closerButton(this.surface, this.noun.singular));
  }

  abstract modeButtons(): TemplateResult;
  abstract step(step: 1 | -1): boolean;
  abstract escape(): boolean;

  protected override above(): TemplateResult | typeof nothing {
    return this.verifying ? verifyBar(this.verifying) : nothing;
  }
}
