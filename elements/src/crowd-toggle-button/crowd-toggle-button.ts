/** A switch, answered as a check box (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css } from 'lit';
import { property } from 'lit/decorators.js';
import { TickElement } from '../field/tick.ts';

export class CrowdToggleButton extends TickElement {
  static override styles = [
    TickElement.styles,
    css`
      #control {
        appearance: none;
        background: var(--line-strong);
        border: 1px solid transparent;
        border-radius: 10px;
        height: 20px;
        margin: 0;
        padding: 2px;
        transition: background 120ms;
        width: 36px;
      }

      #control::before {
        background: var(--paper);
        border-radius: 50%;
        content: '';
        display: block;
        height: 14px;
        transition: transform 120ms;
        width: 14px;
      }

      #control:checked {
        background: var(--accent);
      }

      #control:checked::before {
        transform: translateX(16px);
      }

      :host([invalid]) #control:not(:checked) {
        background: var(--bad);
      }

      @media (forced-colors: active) {
        #control,
        :host([invalid]) #control:not(:checked) {
          background: ButtonFace;
          border-color: ButtonText;
          forced-color-adjust: none;
        }

        :host([invalid]) #control:not(:checked) {
          border-style: dashed;
        }

        #control::before {
          background: ButtonText;
        }

        #control:checked,
        #control:checked::before {
          background: Highlight;
          border-color: Highlight;
        }

        #control:checked::before {
          background: HighlightText;
        }
      }
    `,
  ];

  /** Drawn in the colour of what is wrong while it is off. */
  @property({ type: Boolean, reflect: true }) invalid = false;

  protected override readonly controlRole = 'switch';

  protected override get fault(): string {
    return this.required && !this.checked && !this.isDisabled ? 'switch this on' : '';
  }
}
