/** A flat button that is an icon; what it does a template's own handler says (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icon } from '../icon/icon.ts';
import { PressElement } from '../press/press-element.ts';

/** @slot - nothing belongs here; what a self-closed tag swallows is shown after the button */
export class CrowdIconButton extends PressElement {
  static override styles = [
    PressElement.styles,
    css`
      :host {
        display: inline-block;
        margin-block: 2px;
        vertical-align: middle;
      }

      #control {
        border-radius: 50%;
        height: 40px;
        padding: 0;
        width: 40px;
      }
    `,
  ];

  /** The tooltip, and the name of the button. */
  @property({ reflect: true, useDefault: true }) override title = '';

  protected override render(): TemplateResult {
    return html`<button
        id="control"
        class="button quiet"
        type="button"
        aria-label=${this.getAttribute('aria-label') || this.title || this.icon || nothing}
        ?disabled=${this.isDisabled}
      >
        ${icon(this, this.icon)}
      </button>
      <slot></slot>`;
  }
}
