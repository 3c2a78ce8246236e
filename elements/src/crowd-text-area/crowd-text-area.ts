/** Several lines of text; grows with what is written (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { countOrNone } from '../field/count.ts';
import { TextField } from '../field/text-field.ts';

/** As HTML's own. */
const ROWS = 2;

/** In CSS pixels: the height of a line, both borders of the box, and those with the padding. */
const LINE = 20;
const BORDER = 2;
const AROUND = 12;

/** Do boxes of this browser grow by themselves? */
const GROWS = CSS.supports('field-sizing', 'content');

const heightOf = (rows: number): string => `${rows * LINE + AROUND}px`;

export class CrowdTextArea extends TextField {
  static override styles = [
    TextField.styles,
    css`
      textarea.box {
        field-sizing: content;
        resize: vertical;
      }
    `,
  ];

  /** How many lines are there from the start. */
  @property({ converter: countOrNone }) rows: number | null = null;

  /** Grows up to so many lines, then scrolls. */
  @property({ converter: countOrNone, attribute: 'max-rows' }) maxRows: number | null = null;

  /** Shows how many characters there are. */
  @property({ type: Boolean, attribute: 'char-counter' }) charCounter = false;

  protected override updated(): void {
    super.updated();
    const { style } = this.control;
    const least = Math.max(1, this.rows ?? ROWS);
    style.minHeight = heightOf(least);
    style.maxHeight = this.maxRows === null ? '' : heightOf(Math.max(least, this.maxRows));
    if (!GROWS) this.grow(style);
  }

  private grow(style: CSSStyleDeclaration): void {
    style.height = 'auto';
    style.height = `${this.control.scrollHeight + BORDER}px`;
  }

  protected override count(): TemplateResult | typeof nothing {
    if (!this.charCounter) return nothing;
    const { length } = this.value;
    return html`<span id="count" class="count">${this.maxLength === null ? length : `${length} / ${this.maxLength}`}</span>`;
  }

  protected override box(): TemplateResult {
    return html`<textarea
      id="box"
      class="box"
      placeholder=${this.placeholder || nothing}
      maxlength=${this.maxLength ?? nothing}
      aria-label=${this.spokenName}
      aria-describedby="message count"
      aria-invalid=${String(this.reason !== '')}
      ?required=${this.required}
      ?disabled=${this.isDisabled}
      @beforeinput=${this.onBeforeInput}
      @input=${this.onInput}
      @change=${this.announceEnd}
    ></textarea>`;
  }
}
