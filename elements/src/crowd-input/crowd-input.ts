/** One line of text, or whatever else an HTML input of its type holds as text (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../base/text-property.ts';
import { countOrNone } from '../field/count.ts';
import { TextField } from '../field/text-field.ts';
import type { Json } from '../frame/protocol.ts';

/** Types of HTML's that hold no text to write; a field of one is a text field. */
const NO_TEXT = new Set(['button', 'submit', 'reset', 'image', 'checkbox', 'radio']);

export class CrowdInput extends TextField {
  static override styles = [
    TextField.styles,
    css`
      :host([type='hidden' i]) {
        display: none;
      }
    `,
  ];

  /** A type of HTML's `input`: `text`, `number`, `date`, `email`, `password` … */
  @text({ reflect: true, useDefault: true }) type = 'text';

  /** How many characters it takes at least, if any. */
  @property({ converter: countOrNone, attribute: 'min-length' }) minLength: number | null = null;

  protected override get leastLength(): number {
    return this.minLength ?? 0;
  }

  /** A file that is chosen is not sent, as with an input of HTML's own. */
  override contribution(): Json | undefined {
    return this.type === 'file' ? undefined : super.contribution();
  }

  protected override box(): TemplateResult {
    return html`<input
      id="box"
      class="box"
      step="any"
      type=${NO_TEXT.has(this.type.toLowerCase()) ? 'text' : this.type || 'text'}
      placeholder=${this.placeholder || nothing}
      maxlength=${this.maxLength ?? nothing}
      aria-label=${this.spokenName}
      aria-describedby="message"
      aria-invalid=${String(this.reason !== '')}
      ?required=${this.required}
      ?disabled=${this.isDisabled}
      @beforeinput=${this.onBeforeInput}
      @input=${this.onInput}
      @change=${this.announceEnd}
    />`;
  }
}
