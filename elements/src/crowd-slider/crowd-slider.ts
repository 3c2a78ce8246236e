/** A number on a scale (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CrowdSliderLabel } from '../crowd-slider-label/crowd-slider-label.ts';
import { FieldElement } from '../field/field-element.ts';
import { boxStyles } from '../field/field.styles.ts';
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { sliderStyles } from './crowd-slider.styles.ts';
import { numberOf, scaleOf, shareOf, within, type Scale } from './scale.ts';

/** Keys by which a worker says that a value is meant as it stands. */
const MEANT = new Set([' ', 'Enter', 'Home', 'End']);

/**
 * A value that a template gives is answered as it is, also between two steps, until the worker moves the slider.
 *
 * @fires input - the slider moves
 * @fires change - it was moved
 * @slot marks - `crowd-slider-label`, each under its position
 * @slot - what a self-closed tag swallows is shown after the slider
 * @cssprop --crowd-slider-secondary-color - the colour of the second bar
 */
export class CrowdSlider extends FieldElement {
  static override styles = [FieldElement.styles, boxStyles, sliderStyles];

  @property() min: unknown = null;
  @property() max: unknown = null;
  @property() step: unknown = null;

  /** Shows the value above the knob. */
  @property({ type: Boolean }) pin = false;

  /** Has a box beside it in which to write the number. */
  @property({ type: Boolean }) editable = false;

  /** How far the second bar goes. */
  @property({ attribute: 'secondary-progress' }) secondaryProgress: unknown = null;

  @query('.row') private readonly row!: HTMLElement;
  @query('.track') private readonly track!: HTMLInputElement | null;
  @query('.number') private readonly box!: HTMLInputElement | null;

  /** What the template or the worker gave; undefined where nobody has. */
  @state() private given: number | undefined;

  /** The number where the knob stands. */
  @property()
  get value(): number {
    const { scale } = this;
    return within(scale, this.given ?? scale.min);
  }

  set value(value: unknown) {
    this.given = numberOf(value);
  }

  override get words(): string {
    return this.labelOutside;
  }

  private get scale(): Scale {
    return scaleOf(this.min, this.max, this.step);
  }

  /** Must the worker still say which value they mean? */
  private get isOpen(): boolean {
    return this.required && this.given === undefined;
  }

  protected override get fault(): string {
    return this.isOpen && !this.isDisabled ? 'choose a value' : '';
  }

  override contribution(): Json | undefined {
    return this.value;
  }

  override reset(): void {
    this.value = this.getAttribute('value');
    this.forgive();
  }

  override saveState(): Json {
    return { number: this.given ?? null };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved)) return;
    if (saved.number !== null && typeof saved.number !== 'number') return;
    this.value = saved.number;
    this.announceChange();
  }

  /** How much of the scale lies before a value, from 0 to 1. */
  readonly shareOf = (value: number): number => shareOf(this.scale, value);

  protected override updated(): void {
    const { min, max, step } = this.scale;
    for (const control of [this.track, this.box]) {
      if (control) Object.assign(control, { min: String(min), max: String(max), step: control === this.box ? 'any' : String(step) });
    }
    if (this.track) this.track.value = String(this.value);
    if (this.box && numberOf(this.box.value) !== this.given) this.box.value = this.given === undefined ? '' : String(this.value);
    this.place();
    super.updated();
  }

  /** Puts bars, pin and marks where their values lie. */
  private place(): void {
    const { style } = this.row;
    style.setProperty('--share', String(this.shareOf(this.value)));
    style.setProperty('--secondary', String(this.shareOf(numberOf(this.secondaryProgress) ?? this.scale.min)));
    for (const mark of this.marks) mark.place?.(this);
  }

  private get marks(): CrowdSliderLabel[] {
    return [...this.querySelectorAll<CrowdSliderLabel>(':scope > crowd-slider-label')];
  }

  private readonly onMove = (): void => {
    this.value = this.track?.value;
  };

  /** A press that does not move the knob is still the worker's word; Ctrl+Enter is a word to the form, whose refusal brings the focus here. */
  private readonly onMeant = (event: Event): void => {
    if (!this.isOpen || (event instanceof KeyboardEvent && (event.repeat || event.ctrlKey || event.metaKey || !MEANT.has(event.key)))) return;
    this.onMove();
    this.announceChange();
  };

  private readonly onWrite = (): void => {
    const number = numberOf(this.box?.value);
    if (number !== undefined) this.given = number;
  };

  private readonly onWritten = (): void => {
    if (this.box) this.box.value = this.given === undefined ? '' : String(this.value);
    this.announceEnd();
  };

  protected override render(): TemplateResult {
    return html`
      <div class="row ${this.isOpen ? 'open' : ''}">
        <div class="scale ${this.pin ? 'pinned' : ''}">
          ${this.pin ? html`<output class="pin" for="track">${this.isOpen ? '?' : this.value}</output>` : nothing}
          <input
            id="track"
            class="track"
            type="range"
            aria-label=${this.spokenName}
            aria-describedby="message"
            aria-valuetext=${this.isOpen ? 'no value yet' : this.value}
            ?disabled=${this.isDisabled}
            @input=${this.onMove}
            @change=${this.announceEnd}
            @click=${this.onMeant}
            @keydown=${this.onMeant}
          />
        </div>
        <slot class="marks" name="marks" @slotchange=${() => this.requestUpdate()}></slot>
        ${this.editable
          ? html`<input
              class="box number"
              type="number"
              aria-label=${this.spokenName}
              aria-describedby="message"
              ?disabled=${this.isDisabled}
              @input=${this.onWrite}
              @change=${this.onWritten}
            />`
          : nothing}
      </div>
      ${this.message()}
      <slot class="rest"></slot>
    `;
  }

  private get spokenName(): string {
    return this.getAttribute('aria-label') || this.labelOutside || this.title || this.name || 'Value';
  }
}
