/** A notice that goes away by itself (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-toast"). */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';
import { icon } from '../base/icons.ts';
import { text } from '../base/text-property.ts';
import { styles } from './crowd-toast.styles.ts';

/** How long it is seen where the template does not say, in milliseconds. */
const DURATION = 3000;

/** Only one is seen at a time. */
let shown: CrowdToast | undefined;

/**
 * @slot - the notice, which may hold a crowd-alert; with `text`, the content is shown in its place on the page instead, because
 *   then it is what a self-closed tag has swallowed
 */
export class CrowdToast extends CrowdElement {
  static override styles = [CrowdElement.styles, styles];

  /** Milliseconds until it closes; 0 leaves that to the worker. */
  @property({ type: Number }) duration = DURATION;

  /** The notice, if it is text. */
  @text() text = '';

  @property({ type: Boolean, reflect: true }) opened = false;

  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly open = (): void => {
    this.opened = true;
    this.begin();
  };

  readonly close = (): void => {
    this.opened = false;
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('opened') || changed.has('duration')) this.opened ? this.begin() : this.end();
  }

  private begin(): void {
    if (shown !== this) shown?.close();
    shown = this;
    this.count();
  }

  private end(): void {
    clearTimeout(this.timer);
    if (shown === this) shown = undefined;
  }

  /** From now on its time runs. */
  private readonly count = (): void => {
    this.hold();
    if (this.duration > 0 && this.opened) this.timer = setTimeout(this.close, this.duration);
  };

  /** Who reads it, or works in it, is not hurried. */
  private readonly hold = (): void => clearTimeout(this.timer);

  protected override render(): TemplateResult {
    return html`
      <div role="status">${this.opened ? this.renderNotice() : nothing}</div>
      ${this.text ? html`<slot></slot>` : nothing}
    `;
  }

  private renderNotice(): TemplateResult {
    return html`
      <div class="toast" @pointerenter=${this.hold} @pointerleave=${this.count} @focusin=${this.hold} @focusout=${this.count}>
        <div class="notice">${this.text ? this.text : html`<slot></slot>`}</div>
        <button class="button quiet" type="button" aria-label="Dismiss" title="Dismiss" @click=${this.close}>${icon('close')}</button>
      </div>
    `;
  }
}
