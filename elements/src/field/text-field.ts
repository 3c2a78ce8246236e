/** What the fields that hold a text have in common: one line (`crowd-input`) and several (`crowd-text-area`). */
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { text } from '../base/text-property.ts';
import { plain } from '../form/words.ts';
import { reasonOf, tooShort } from '../form/reasons.ts';
import { isJsonObject } from '../base/json-object.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { countOrNone } from './count.ts';
import { AllowedCharacters } from './allowed-characters.ts';
import { FieldElement } from './field-element.ts';
import { boxStyles } from './field.styles.ts';

export type TextControl = HTMLInputElement | HTMLTextAreaElement;

/**
 * @fires input - the worker wrote something
 * @fires change - the worker left the field after writing
 * @slot - nothing belongs here; what a self-closed tag swallows is shown after the field
 */
export abstract class TextField extends FieldElement {
  static override styles = [FieldElement.styles, boxStyles];

  /** Stands above the field and names it. */
  @text() label = '';

  /** A hint in the empty field, never an answer. */
  @text() placeholder = '';

  /** What the field says when its content is not acceptable, instead of our own words. */
  @text({ attribute: 'error-message' }) errorMessage = '';

  /** Says what is not acceptable while the worker writes, not only when they submit. */
  @property({ type: Boolean, attribute: 'auto-validate' }) autoValidate = false;

  /** With `auto-validate`: a regular expression that each character must match, or it is not taken. */
  @text({ attribute: 'allowed-pattern' }) allowedPattern = '';

  /** The field has the focus when the page opens. */
  @property({ type: Boolean, attribute: 'auto-focus' }) autoFocus = false;

  /** Further characters are not taken. */
  @property({ converter: countOrNone, attribute: 'max-length' }) maxLength: number | null = null;

  @query('.box') protected readonly control!: TextControl;

  /** The last characters that were not taken, to say so. */
  @state() private refusedText = '';

  private text = '';
  private readonly allowed = new AllowedCharacters((message) => void link.send({ type: 'error', message }));

  /** What stands in the field. */
  @property()
  get value(): string {
    return this.text;
  }

  set value(value: unknown) {
    this.text = value === null || value === undefined ? '' : String(value);
  }

  override get words(): string {
    return plain(this.label) || this.labelOutside;
  }

  protected get leastLength(): number {
    return 0;
  }

  protected override get fault(): string {
    const { control, leastLength } = this;
    if (!control || this.isDisabled) return '';
    const { length } = control.value;
    const reason = !control.validity.valid ? reasonOf(control) : length > 0 && length < leastLength ? tooShort(control.value, leastLength) : '';
    return reason && (this.errorMessage || reason);
  }

  override contribution(): Json | undefined {
    this.flush();
    return this.control.value === '' ? undefined : this.control.value;
  }

  override reset(): void {
    this.value = this.getAttribute('value');
    this.forgive();
  }

  override saveState(): Json {
    return { text: this.value };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved) || typeof saved.text !== 'string') return;
    this.value = saved.text;
    this.announceChange();
  }

  protected override firstUpdated(): void {
    if (this.autoFocus) this.focus({ preventScroll: true });
  }

  protected override updated(): void {
    // Not by a binding: a number half written has no value yet, and to be given none would take it away.
    if (this.control.value !== this.text) this.control.value = this.text;
    super.updated();
  }

  protected readonly onInput = (): void => {
    this.value = this.control.value;
    if (this.autoValidate) this.validate();
  };

  protected readonly onBeforeInput = (event: InputEvent): void => {
    const text = this.autoValidate ? this.allowed.refused(event, this.allowedPattern) : '';
    if (text) event.preventDefault();
    this.refusedText = text;
  };

  /** The control, with the attributes that `TextField` gives it. */
  protected abstract box(): TemplateResult;

  /** What stands at the lower right. */
  protected count(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override render(): TemplateResult {
    return html`
      ${this.label
        ? html`<label class="label" for="box">${this.label}${this.required ? html`<span class="required" aria-hidden="true">*</span>` : nothing}</label>`
        : nothing}
      ${this.box()}
      <div class="below">
        ${this.message()}
        <span class="message" role="status">${this.refusedText ? `“${this.refusedText}” cannot be written here` : nothing}</span>
        ${this.count()}
      </div>
      <slot class="rest"></slot>
    `;
  }

  /** What names the control where no label of its own does. */
  protected get spokenName(): string | typeof nothing {
    return this.label ? nothing : this.getAttribute('aria-label') || this.labelOutside || this.placeholder || this.name || nothing;
  }
}
