/** A flat button that is an icon (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css } from 'lit';
import { RoundButton } from '../press/round-button.ts';

/** @slot - nothing belongs here; what a self-closed tag swallows is shown after the button */
export class CrowdIconButton extends RoundButton {
  static override styles = [
    RoundButton.styles,
    css`
      #control {
        height: 40px;
        width: 40px;
      }
    `,
  ];

  protected override readonly look = 'quiet';
}
