/** The whole instructions, in a dialog: the tool's own dialog, or one behind a link where no tool is around. */
import { css, html, type TemplateResult } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { CrowdElement } from '../base/crowd-element.ts';
import { dialog, dialogStyles } from '../base/dialog.ts';
import { Region } from './region.ts';

export class FullInstructions extends Region {
  static override styles = [
    CrowdElement.styles,
    buttons,
    dialogStyles,
    css`
      :host {
        display: block;
      }

      .moreInstructionsLink {
        margin-bottom: 16px;
      }
    `,
  ];

  protected override readonly formSlot = 'instructions';

  protected override render(): TemplateResult {
    if (this.isPlaced) return html`<slot></slot>`;
    return html`
      <button class="button link moreInstructionsLink" data-looks type="button" @click=${this.open}>View full instructions</button>
      ${dialog('awsui-modal-dialog', this.header || 'Instructions', html`<slot></slot>`)}
    `;
  }

  private open(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }
}
