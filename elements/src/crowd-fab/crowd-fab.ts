/** A round button that stands out (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html } from 'lit';
import { text } from '../base/text-property.ts';
import { RoundButton } from '../press/round-button.ts';

/** @slot - nothing belongs here; what a self-closed tag swallows is shown after the button */
export class CrowdFab extends RoundButton {
  static override styles = [
    RoundButton.styles,
    css`
      #control {
        box-shadow: 0 2px 8px light-dark(rgb(20 25 35 / 25%), rgb(0 0 0 / 60%));
        font-size: 20px;
        height: 48px;
        width: 48px;
      }
    `,
  ];

  protected override readonly look = 'primary';

  /** One character, where there is no icon. */
  @text() label = '';

  protected override get spokenName(): string {
    return this.title || this.label || this.icon;
  }

  protected override face(): unknown {
    return this.icon ? super.face() : html`<span aria-hidden="true">${this.label}</span>`;
  }
}
