/** What check boxes, radio buttons and switches have in common: on or off, under a value. */
import { html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { plain } from '../form/words.ts';
import type { Json } from '../frame/protocol.ts';
import { FieldElement } from './field-element.ts';
import { OwnContent } from './own-content.ts';
import { tickStyles } from './tick.styles.ts';

/** Of what may stand among the words, that to which a click on it belongs. */
const LINKS = 'a[href], summary, [contenteditable]';

/** Where a radio button stands in its group. */
export type Place = {
  /** Tab stops here; the arrow keys lead to the others. */
  readonly isStop: boolean;
  readonly position: number;
  readonly size: number;
};

/**
 * `checked` is the attribute of that name and nothing beside it: a template's script reads, sets and observes both.
 *
 * @fires input - the worker switched it
 * @fires change - likewise
 * @slot - the label; from the first field, button or player on, what a self-closed tag swallows, which is shown after it
 */
export abstract class TickElement extends FieldElement {
  static override styles = [FieldElement.styles, tickStyles];
  static override shadowRootOptions: ShadowRootInit = { ...FieldElement.shadowRootOptions, slotAssignment: 'manual' };

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'checked', 'value'];
  }

  @query('#control') protected readonly control!: HTMLInputElement | null;

  private readonly content = new OwnContent(this);
  /** As the template gave it, for a reset. */
  private initially: boolean | undefined;
  /** The words are being clicked. */
  private wordsClicked = false;

  get checked(): boolean {
    return this.hasAttribute('checked');
  }

  set checked(checked: unknown) {
    this.toggleAttribute('checked', Boolean(checked));
  }

  /** The key in the answer, below the name. */
  get value(): string {
    return this.getAttribute('value') ?? 'on';
  }

  set value(value: unknown) {
    this.setAttribute('value', String(value ?? ''));
  }

  override get words(): string {
    return plain(this.content.words) || this.labelOutside;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.initially ??= this.checked;
    this.addEventListener('click', this.onHostClick);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
  }

  /** A script's click is one on the control, as on one of HTML's own. */
  override click(): void {
    if (this.control) this.control.click();
    else super.click();
  }

  override contribution(): Json | undefined {
    return { [this.value]: this.checked };
  }

  override reset(): void {
    this.checked = this.initially;
    this.forgive();
  }

  override saveState(): Json {
    return this.checked;
  }

  override restoreState(saved: Json): void {
    if (typeof saved !== 'boolean') return;
    this.checked = saved;
    this.announceChange();
  }

  protected override updated(): void {
    if (this.control) this.control.checked = this.checked;
    super.updated();
  }

  /**
   * A click on the words is one click on the element, heard before it is switched, as templates expect: the browser makes a second one
   * of it for the control, which stays inside. A click on a link among the words is that link's.
   */
  private readonly onClick = (event: MouseEvent): void => {
    if (event.composedPath()[0] === this.control) {
      if (this.wordsClicked) event.stopPropagation();
      return;
    }
    const isLinks = event.target instanceof Element && event.target.closest(LINKS) !== null;
    (event.currentTarget as HTMLLabelElement).htmlFor = isLinks ? '' : 'control';
    this.wordsClicked = true;
    setTimeout(() => (this.wordsClicked = false));
  };

  /** A label elsewhere or a script has clicked the element itself; like the browser, it is switched after the handlers. */
  private readonly onHostClick = (event: MouseEvent): void => {
    if (event.composedPath()[0] !== this || this.isDisabled || (event.isTrusted && this.isHit(event))) return;
    setTimeout(() => {
      if (!event.defaultPrevented) this.switchOver();
    });
  };

  /** Was it a pointer on the room around what the element shows? */
  private isHit({ clientX, clientY }: MouseEvent): boolean {
    const { left, right, top, bottom } = this.getBoundingClientRect();
    return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom;
  }

  /** What a press does. */
  protected switchOver(): void {
    this.checked = !this.checked;
    this.announceChange();
  }

  private readonly onInput = (): void => {
    this.checked = this.control?.checked;
  };

  /** What HTML's own control is, and what it is said to be where that is something else. */
  protected readonly kind: 'checkbox' | 'radio' = 'checkbox';
  protected readonly controlRole: string | undefined;

  /** The place among others of which one is chosen, if there are any. */
  protected readonly place: Place | undefined;

  protected override render(): TemplateResult {
    const { place } = this;
    const hasWords = plain(this.content.words) !== '';
    return html`
      <label class="tick" for="control" @click=${this.onClick}>
        <input
          id="control"
          type=${this.kind}
          role=${this.controlRole ?? nothing}
          tabindex=${place && !place.isStop ? -1 : 0}
          aria-posinset=${place?.position ?? nothing}
          aria-setsize=${place?.size ?? nothing}
          aria-label=${hasWords ? nothing : this.spokenName}
          aria-describedby="message"
          aria-invalid=${this.reason ? 'true' : nothing}
          ?required=${this.required}
          ?disabled=${this.isDisabled}
          @input=${this.onInput}
          @change=${this.announceEnd}
        />
        <slot class="own"></slot>
      </label>
      ${this.message()}
      <slot class="rest"></slot>
    `;
  }

  private get spokenName(): string | typeof nothing {
    const value = this.value === 'on' ? '' : this.value;
    return this.getAttribute('aria-label') || this.labelOutside || this.title || value || this.name || nothing;
  }
}
