/** A message box (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-alert"). Templates add it by script when they refuse a submit. */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';
import { icon } from '../base/icons.ts';
import { text } from '../base/text-property.ts';
import { styles } from './crowd-alert.styles.ts';

const TYPES = ['info', 'success', 'warning', 'error'] as const;

/**
 * @fires close - the worker closed it; it is `hidden` from then on
 * @slot - the message
 */
export class CrowdAlert extends CrowdElement {
  static override styles = [CrowdElement.styles, styles];

  /** `info`, `success`, `warning` or `error`. */
  @text({ reflect: true }) type = 'info';

  /** The worker can close it. */
  @property({ type: Boolean, reflect: true }) dismissible = false;

  private readonly close = (): void => {
    this.hidden = true;
    this.dispatchEvent(new Event('close'));
  };

  protected override render(): TemplateResult {
    const type = TYPES.find((known) => known === this.type) ?? 'info';
    const isUrgent = type === 'error' || type === 'warning';
    return html`
      <div class="alert ${type}">
        ${icon(type)}
        <div class="message" role=${isUrgent ? 'alert' : 'status'}><slot></slot></div>
        ${this.dismissible ? html`<button class="button quiet" type="button" aria-label="Dismiss" title="Dismiss" @click=${this.close}>${icon('close')}</button>` : nothing}
      </div>
    `;
  }
}
