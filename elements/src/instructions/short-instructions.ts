/** A few sentences beside the work; in a tool they fill its left pane, elsewhere they stand in a box of their own. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { Region } from './region.ts';

export class ShortInstructions extends Region {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        display: block;
      }

      .box {
        background: var(--paper-soft);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        margin-bottom: 16px;
        padding: 8px 16px;
      }

      h2 {
        font-size: 14px;
        margin: 8px 0;
      }
    `,
  ];

  protected override readonly formSlot = 'instructions';

  protected override render(): TemplateResult {
    const header = this.header ? html`<h2>${this.header}</h2>` : nothing;
    return html`<div class=${this.isPlaced ? '' : 'box'}>${header}<slot></slot></div>`;
  }
}
