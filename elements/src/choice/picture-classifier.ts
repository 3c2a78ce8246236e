/** A classifier of a picture, which may show the annotations of an earlier task (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier"). */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { legend, legendStyles } from '../overlay/legend.ts';
import { hasColors, viewOf } from '../overlay/overlay-view.ts';
import { readOverlay, type Overlay } from '../overlay/read-overlay.ts';
import { stageStyles } from '../picture/stage-view.ts';
import type { StageWithPicture } from '../picture/stage-with-picture.ts';
import { controlStyles } from '../raster/controls.ts';
import { plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Answering } from './answering.ts';
import { Classifier } from './classifier.ts';

export abstract class PictureClassifier extends Classifier {
  static override styles = [Classifier.styles, stageStyles, controlStyles, legendStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'overlay'];
  }

  /** The address of the picture. */
  @property() src = '';

  private overlay: Overlay | undefined;
  private view: StageWithPicture;
  /** The view that holds what is rendered. */
  private attached: StageWithPicture | undefined;

  constructor(answering: Answering) {
    super(answering);
    this.view = viewOf(undefined, this);
  }

  /** Is there anything to judge? */
  protected get hasPicture(): boolean {
    return this.view.obstacle === undefined;
  }

  override focus(options?: FocusOptions): void {
    this.view.focus(options);
  }

  protected override get stageKeys(): readonly Hint[] {
    return [...this.view.lookingKeys, this.hideKey];
  }

  private readonly hideKey: Shortcut = {
    keys: 'H',
    does: 'Hide or show the annotations on the picture',
    matches: plain('h'),
    run: () => this.view.work.labels.toggleAllHidden(),
  };

  protected override get remark(): string {
    return this.view.remark;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'overlay' && old !== value) this.errors.reading(name, () => this.readOverlay(value ?? ''));
  }

  private readOverlay(text: string): void {
    this.overlay = undefined;
    try {
      const overlay = readOverlay(text);
      this.view = viewOf(overlay, this);
      this.overlay = overlay;
    } finally {
      this.requestUpdate();
    }
  }

  protected override attach(): void {
    // Done after each rendering, because another overlay has another stage.
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const isOther = this.attached !== this.view;
    if (isOther) this.view.attach(this.renderRoot);
    if (isOther) this.view.look();
    if (isOther || changed.has('src')) this.view.load(this.src);
    this.attached = this.view;
  }

  protected override renderTools(): TemplateResult {
    return html`<div class="group">${this.view.viewButtons()}</div>`;
  }

  protected override renderStage(): TemplateResult {
    return html`${keyed(this.view, this.view.render(this.header || this.view.name, this.errors.first))}`;
  }

  protected override renderBelow(): TemplateResult {
    const { overlay } = this;
    return html`${overlay ? legend(this.view.work, hasColors(overlay)) : nothing}${super.renderBelow()}`;
  }
}
