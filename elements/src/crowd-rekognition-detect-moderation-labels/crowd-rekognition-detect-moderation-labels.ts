/** Review of labels for image moderation (`a2i-facts/crowd-elements/document-and-moderation.md`, "crowd-rekognition-detect-moderation-labels"). */
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { PictureClassifier } from '../choice/picture-classifier.ts';
import { button } from '../tool/button.ts';
import { plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import { curtain, curtainStyles } from './curtain.ts';
import { ModerationLabels } from './moderation-labels.ts';

/** Workers are told to choose this where no label fits, so it is there whether a template asks for it or not. */
const NONE = 'None';

/**
 * Answers `{moderationLabels: […]}` under a name of its own, unless the template gives it another. The picture is blurred until
 * somebody asks for it.
 */
export class CrowdRekognitionDetectModerationLabels extends PictureClassifier {
  static override styles = [PictureClassifier.styles, curtainStyles];

  override name = 'AWS/Rekognition/DetectModerationLabels/Image/V3';

  @state() private isBlurred = true;

  private readonly labels: ModerationLabels;

  constructor() {
    const labels = new ModerationLabels();
    super(labels);
    this.labels = labels;
    this.choices.exclusion = NONE;
  }

  protected override readCategories(text: string): void {
    this.choices.categories = this.labels.read(text);
  }

  protected override readExclusion(text: string): string {
    return super.readExclusion(text) || NONE;
  }

  protected override get stageKeys(): readonly Hint[] {
    return [...super.stageKeys, this.noneKey, this.blurKey];
  }

  private readonly noneKey: Shortcut = {
    keys: 'N',
    does: 'None of the labels fits',
    matches: (event) => plain('n')(event) && !event.repeat,
    run: () => this.choose({ text: this.choices.exclusion, isExclusion: true }),
  };

  private readonly blurKey: Shortcut = { keys: 'B', does: 'Show the picture, or blur it', matches: plain('b'), run: () => this.toggleBlur() };

  private readonly toggleBlur = (): void => {
    this.isBlurred = !this.isBlurred;
    this.takeFocus();
  };

  protected override renderTools(): TemplateResult {
    const name = this.isBlurred ? 'eyeOff' : 'eye';
    return html`
      <div class="group">${button({ id: 'blur', icon: name, title: 'Blur the picture', keys: 'B', pressed: this.isBlurred, run: this.toggleBlur })}</div>
      ${super.renderTools()}
    `;
  }

  protected override renderStage(): TemplateResult {
    return html`${this.isBlurred ? curtain(this.hasPicture, this.toggleBlur) : nothing}${super.renderStage()}`;
  }
}
