/** Instructions in a dialog of three tabs (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-instructions"). */
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { HasRegions } from '../instructions/region.ts';
import { OpensDialog } from '../layout/opens-dialog.ts';
import { tabList, tabListStyles } from '../layout/tab-list.ts';
import { styles } from './crowd-instructions.styles.ts';

/** A tab, and the regions that it shows, one below the other. */
type Tab = { readonly name: string; readonly regions: readonly string[] };

const TABS: readonly Tab[] = [
  { name: 'Summary', regions: ['short-summary'] },
  { name: 'Detailed Instructions', regions: ['detailed-instructions'] },
  { name: 'Examples', regions: ['positive-example', 'negative-example'] },
];

/** The examples say what they are; the other regions are all that their tab holds. */
const HEADINGS: Record<string, string> = { 'positive-example': 'Good examples', 'negative-example': 'Bad examples' };

/**
 * @slot short-summary - the first tab
 * @slot detailed-instructions - the second
 * @slot positive-example - the third, any number of them
 * @slot negative-example - there too
 * @slot - whatever else the element holds, also what a self-closed tag swallows, is shown after the link
 */
export class CrowdInstructions extends OpensDialog implements HasRegions {
  static override styles = [OpensDialog.styles, tabListStyles, styles];

  readonly regions = TABS.flatMap(({ regions }) => regions);

  protected override readonly defaultText = 'Click for instructions';
  protected override readonly heading = 'Instructions';

  @state() private current = 0;

  constructor() {
    super();
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    return html`${super.render()}<slot></slot>`;
  }

  /** The tabs that have something to show. */
  protected override renderContent(): TemplateResult {
    const tabs = TABS.filter(({ regions }) => regions.some((region) => this.has(region)));
    const tab = tabs[this.current] ?? tabs[0];
    const names = tabs.map(({ name }) => name);
    return html`
      ${tabList({ names, current: tab ? tabs.indexOf(tab) : 0, select: (index) => (this.current = index) })}
      ${tab ? html`<div class="panel" role="tabpanel" aria-label=${tab.name}>${tab.regions.map((region) => this.renderRegion(region))}</div>` : ''}
    `;
  }

  private renderRegion(region: string): TemplateResult {
    const heading = this.has(region) ? HEADINGS[region] : undefined;
    const slot = html`<slot name=${region}></slot>`;
    return heading === undefined ? slot : html`<section class=${region}><h3>${heading}</h3>${slot}</section>`;
  }

  private has(region: string): boolean {
    return this.querySelector(`:scope > ${region}`) !== null;
  }
}
