/** A classifier of a picture, which may show the annotations of an earlier task (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier"). */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { AttributeError } from '../base/json-attributes.ts';
import { text } from '../base/text-property.ts';
import { legend, legendStyles } from '../overlay/legend.ts';
import { canShow, fetchStages, hasColors, viewOf } from '../overlay/overlay-view.ts';
import { readOverlay, type Overlay } from '../overlay/read-overlay.ts';
import type { StageWithPicture } from '../picture/stage-with-picture.ts';
import { stageStyles } from '../picture/view/stage-view.ts';
import { controlStyles } from '../raster/controls.ts';
import { hidingKey } from '../tool/hiding-key.ts';
import type { Hint } from '../tool/shortcuts.ts';
import type { Answering } from './answering.ts';
import { Classifier } from './classifier.ts';

export abstract class PictureClassifier extends Classifier {
  static override styles = [Classifier.styles, stageStyles, controlStyles, legendStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'overlay'];
  }

  /** The address of the picture. */
  @text() src = '';

  private overlay: Overlay | undefined;
  /** What is given and cannot be shown yet. */
  private coming: Overlay | undefined;
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

  private readonly hideKey = hidingKey({
    does: 'Hide or show the annotations on the picture',
    toggle: () => this.view.work.labels.toggleAllHidden(),
    peek: (isPeeking) => this.view.peek(isPeeking),
  });

  protected override get shownAs(): string {
    return this.view.shownAs;
  }

  protected override get remark(): string {
    return this.view.remark;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'overlay' && old !== value) this.errors.reading(name, () => this.readOverlay(value ?? ''));
  }

  private readOverlay(text: string): void {
    this.overlay = undefined;
    this.coming = undefined;
    try {
      const overlay = readOverlay(text);
      if (overlay && !canShow(overlay)) return this.waitFor(overlay);
      this.show(overlay);
    } finally {
      this.requestUpdate();
    }
  }

  private show(overlay: Overlay | undefined): void {
    this.view = viewOf(overlay, this);
    this.overlay = overlay;
  }

  /** Shows the picture alone meanwhile. */
  private waitFor(overlay: Overlay): void {
    this.coming = overlay;
    this.show(undefined);
    const then = (act: () => void) => () => {
      if (this.coming !== overlay) return;
      this.coming = undefined;
      this.errors.reading('overlay', act);
      this.requestUpdate();
    };
    const fail = (): never => {
      throw new AttributeError('The annotations of the picture could not be loaded: their script did not arrive. Open the task again.');
    };
    fetchStages().then(
      then(() => this.show(overlay)),
      then(fail),
    );
  }

  protected override get fault(): string {
    return this.coming ? 'The annotations of the picture are not there yet.' : super.fault;
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
    return html`<div class="group" data-looks>${this.view.viewButtons()}</div>`;
  }

  protected override renderStage(): TemplateResult {
    return html`${keyed(this.view, this.view.render(this.header || this.view.name, this.errors.first))}`;
  }

  protected override renderBelow(): TemplateResult {
    const { overlay } = this;
    return html`${overlay ? legend(this.view.work, hasColors(overlay)) : nothing}${super.renderBelow()}`;
  }
}
