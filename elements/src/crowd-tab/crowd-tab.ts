/** One panel of crowd-tabs, which says whether it is in front (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-tabs / crowd-tab"). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';
import type { CrowdTabs } from '../crowd-tabs/crowd-tabs.ts';
import type { Reveals } from '../form/reveal.ts';

/**
 * @slot - what the panel shows
 * @slot tab - tabs that stand in this one because its end tag is missing; they are tabs beside it
 */
export class CrowdTab extends CrowdElement implements Reveals {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        display: block;
      }

      :host([inactive]) .panel {
        display: none;
      }
    `,
  ];

  /** The words on the tab. */
  @text() header = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.parentElement?.localName === 'crowd-tab') this.slot = 'tab';
  }

  reveal(): void {
    this.closest<CrowdTabs>('crowd-tabs')?.show(this);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="panel" role="tabpanel" aria-label=${this.header || 'Tab'}><slot></slot></div>
      <slot name="tab"></slot>
    `;
  }
}
