/** A link or a button that opens a dialog: what crowd-modal and crowd-instructions are. */
import { css, html, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { buttons } from '../base/button.styles.ts';
import { CrowdElement } from '../base/crowd-element.ts';
import { dialog, dialogStyles } from '../base/dialog.ts';
import { text } from '../base/text-property.ts';
import type { Reveals } from '../form/reveal.ts';

export abstract class OpensDialog extends CrowdElement implements Reveals {
  static override styles = [
    CrowdElement.styles,
    buttons,
    dialogStyles,
    css`
      :host {
        display: inline-block;
        margin-bottom: 12px;
      }

      .content {
        overflow-wrap: break-word;
      }
    `,
  ];

  @text({ attribute: 'link-text' }) linkText = '';

  /** How it looks: `link` or `button`. */
  @text({ attribute: 'link-type' }) linkType = 'link';

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  /** The words of the link where the template has none. */
  protected abstract readonly defaultText: string;
  protected abstract readonly heading: string;
  protected abstract renderContent(): TemplateResult;

  readonly open = (): void => {
    if (this.dialog?.open === false) this.dialog.showModal();
  };

  readonly close = (): void => this.dialog?.close();

  readonly reveal = this.open;

  protected override render(): TemplateResult {
    const look = this.linkType.trim().toLowerCase() === 'button' ? '' : 'link';
    return html`
      <button class="button opener ${look}" data-looks type="button" aria-haspopup="dialog" @click=${this.open}>${this.linkText || this.defaultText}</button>
      ${dialog('modal', this.heading, this.renderContent())}
    `;
  }
}
