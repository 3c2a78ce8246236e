/** The base of round buttons that are an icon; what they do a template's own handler says. */
import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { text } from '../base/text-property.ts';
import { icon } from '../icon/icon.ts';
import { PressElement } from './press-element.ts';

export abstract class RoundButton extends PressElement {
  static override styles: CSSResultGroup = [
    PressElement.styles,
    css`
      :host {
        display: inline-block;
        margin-block: 2px;
        vertical-align: middle;
      }

      #control {
        border-radius: 50%;
        padding: 0;
      }
    `,
  ];

  /** The tooltip, and the name of the button. */
  @text({ reflect: true, useDefault: true }) override title = '';

  /** Of the looks of buttons, its own. */
  protected abstract readonly look: string;

  /** What it is called where the template gives no `aria-label`. */
  protected get spokenName(): string {
    return this.title || this.icon;
  }

  protected face(): unknown {
    return icon(this, this.icon);
  }

  protected override render(): TemplateResult {
    return html`<button
        id="control"
        class="button ${this.look}"
        type="button"
        aria-label=${this.getAttribute('aria-label') || this.spokenName || nothing}
        ?disabled=${this.isDisabled}
      >
        ${this.face()}
      </button>
      <slot></slot>`;
  }
}
