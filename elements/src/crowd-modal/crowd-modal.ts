/** A link or a button that opens a dialog with the element's content (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-modal"). */
import { html, type TemplateResult } from 'lit';
import { OpensDialog } from '../layout/opens-dialog.ts';

/** @slot - what the dialog shows */
export class CrowdModal extends OpensDialog {
  protected override readonly defaultText = 'Click to open modal';

  protected override get heading(): string {
    return this.linkText || 'Details';
  }

  protected override renderContent(): TemplateResult {
    return html`<slot></slot>`;
  }
}
