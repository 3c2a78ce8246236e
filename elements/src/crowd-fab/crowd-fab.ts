/** A round button; what it does a template's own handler says (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icon } from '../icon/icon.ts';
import { PressElement } from '../press/press-element.ts';

/** @slot - nothing belongs here; what a self-closed tag swallows is shown after the button */
export class CrowdFab extends PressElement {
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
        box-shadow: 0 2px 8px light-dark(rgb(20 25 35 / 25%), rgb(0 0 0 / 60%));
        font-size: 20px;
        height: 48px;
        padding: 0;
        width: 48px;
      }
    `,
  ];

  /** One character, where there is no icon. */
  @property() label = '';

  /** The tooltip, and the name of the button. */
  @property({ reflect: true, useDefault: true }) override title = '';

  protected override render(): TemplateResult {
    return html`<button
        id="control"
        class="button primary"
        type="button"
        aria-label=${this.getAttribute('aria-label') || this.title || this.label || this.icon || nothing}
        ?disabled=${this.isDisabled}
      >
        ${this.icon ? icon(this, this.icon) : html`<span aria-hidden="true">${this.label}</span>`}
      </button>
      <slot></slot>`;
  }
}
