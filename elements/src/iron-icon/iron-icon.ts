/** An icon of the iron-icons set, or a picture, as large as the text beside it needs (`a2i-facts/crowd-elements/layout-and-misc.md`). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';
import { icon, iconStyles } from '../icon/icon.ts';

/**
 * @slot - nothing belongs here; what a self-closed tag swallows is shown after the icon
 * @cssprop --iron-icon-width, --iron-icon-height - its size
 * @cssprop --iron-icon-fill-color - its colour, otherwise that of the text
 */
export class IronIcon extends CrowdElement {
  static override styles = [
    CrowdElement.styles,
    iconStyles,
    css`
      :host {
        color: inherit;
        display: inline;
        font: inherit;
      }

      .icon {
        color: var(--iron-icon-fill-color, inherit);
        display: inline-block;
        vertical-align: middle;
      }
    `,
  ];

  /** A name of iron-icons, such as `star` or `av:play-arrow`, or the address of a picture. */
  @text({ reflect: true }) icon = '';

  /** The address of a picture, instead of a name. */
  @text() src = '';

  protected override render(): TemplateResult {
    return html`${icon(this, this.icon || this.src)}<slot></slot>`;
  }
}
