/** What every stage with a picture shares, whatever work is done on it. */
import type { TemplateResult } from 'lit';
import type { JsonObject } from '../base/json-attributes.ts';
import type { Noun, Stage } from '../tool/stage.ts';
import type { Work } from '../tool/work.ts';
import { PictureView } from './picture-view.ts';

export abstract class StageWithPicture extends PictureView implements Stage {
  abstract readonly noun: Noun;
  abstract readonly work: Work;
  abstract readonly keys: Stage['keys'];
  abstract readonly value: JsonObject;
  abstract readonly remark: string;
  abstract readonly selection: string | undefined;

  abstract modeButtons(): TemplateResult;
  abstract step(step: 1 | -1): boolean;
  abstract escape(): boolean;
}
