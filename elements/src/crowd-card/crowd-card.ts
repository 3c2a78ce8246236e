/**
 * A raised box (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-card"). The element itself is the box, because templates
 * give it a size, padding and a scroll bar.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { reportBroken } from '../base/broken-picture.ts';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';

/** @slot - what the box holds */
export class CrowdCard extends CrowdElement {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        background: var(--paper);
        border: 1px solid var(--line);
        border-radius: 8px;
        box-shadow: 0 1px 3px light-dark(rgb(20 25 35 / 12%), rgb(0 0 0 / 40%));
        box-sizing: border-box;
        display: block;
        margin-bottom: 16px;
        overflow-wrap: break-word;
        padding: 16px;
      }

      h2 {
        font-size: 16px;
        line-height: 24px;
        margin: 0 0 8px;
      }

      img {
        border-radius: 4px;
        display: block;
        height: auto;
        margin-bottom: 12px;
        max-width: 100%;
      }
    `,
  ];

  @text() heading = '';

  /** The address of a picture at the top. */
  @text() image = '';

  protected override render(): TemplateResult {
    return html`
      ${this.image ? html`<img src=${this.image} alt="" @error=${reportBroken} />` : nothing}
      ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
      <slot></slot>
    `;
  }
}
