/** Tabs over panels (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-tabs / crowd-tab"). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { tabList, tabListStyles } from '../layout/tab-list.ts';

/** Does it hold anything beside other tabs? A tag that should have closed one opens one that does not. */
const hasOwnContent = (tab: Element): boolean =>
  [...tab.childNodes].some((node) => (node instanceof Element ? node.localName !== 'crowd-tab' : node instanceof Text && node.data.trim() !== ''));

/**
 * @slot - the panels, each a crowd-tab; fields in those that are not in front count
 */
export class CrowdTabs extends CrowdElement {
  static override styles = [
    CrowdElement.styles,
    tabListStyles,
    css`
      :host {
        display: block;
        margin-bottom: 16px;
      }

      .panels {
        padding-top: 16px;
      }
    `,
  ];

  private current: Element | undefined;
  private readonly observer = new MutationObserver(() => this.settle());

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this, { attributes: true, attributeFilter: ['header'], childList: true, subtree: true });
    this.settle();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  /** Brings a tab of these to the front. */
  show(tab: Element): void {
    this.current = tab;
    this.settle();
  }

  /** Its tabs in the order of the page, also those that stand in another because its end tag is missing. */
  private get tabs(): Element[] {
    return [...this.querySelectorAll('crowd-tab')].filter(
      (tab) => tab.closest('crowd-tabs') === this && (tab.getAttribute('header')?.trim() || hasOwnContent(tab)),
    );
  }

  /** One of the tabs is in front, the others are not; at once, because what is in them may be shown next. */
  private settle(): void {
    const { tabs } = this;
    if (this.current === undefined || !tabs.includes(this.current)) this.current = tabs[0];
    for (const tab of tabs) tab.toggleAttribute('inactive', tab !== this.current);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { tabs } = this;
    const names = tabs.map((tab, index) => tab.getAttribute('header')?.trim() || `Tab ${index + 1}`);
    const current = this.current ? tabs.indexOf(this.current) : 0;
    return html`
      ${tabList({ names, current, select: (index) => this.show(tabs[index] as Element) })}
      <div class="panels"><slot></slot></div>
    `;
  }
}
