/** The list of labels: choose, count, search, hide. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import { keepFocus } from '../base/keep-focus.ts';
import type { Work } from '../tool/work.ts';
import { keyBadge } from './key.ts';
import type { LabelKeys } from './label-keys.ts';
import { grouped } from './label-order.ts';
import { listed, type Listed } from './labels.ts';
import { searchField, WORTH_SEARCHING } from './search-field.ts';

/** Nobody scrolls through more rows than this, and many more would make every change slow. */
const MOST_ROWS = 200;

type Pane = {
  readonly work: Work;
  readonly keys: LabelKeys;
  /** The labels that stand before all others: those of this picture. */
  readonly first: readonly string[];
  readonly query: string;
  /** Is the pane open, or only a button that opens it? */
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly search: (query: string) => void;
  /** Opens the menu of labels, which has a search of its own. */
  readonly find: () => void;
  /** The search is over: back to the stage. */
  readonly leave: () => void;
};

export function labelPane(pane: Pane): TemplateResult {
  const { work, query, search, leave, isOpen, toggle } = pane;
  const { list, anyHidden } = work.labels;
  const groups = groupsOf(pane);
  const shown = groups.flatMap(({ labels }) => labels);
  const end = (label?: string): void => {
    if (label !== undefined) work.chooseLabel(label);
    search('');
    leave();
  };
  return html`
    <section class="label-pane-content ${isOpen ? '' : 'closed'}" aria-label="Labels">
      <header>
        <h2>Labels</h2>
        <button
          class="button quiet hide-all"
          type="button"
          title="${anyHidden ? 'Show' : 'Hide'} everything (H)"
          aria-label="Hide everything"
          aria-pressed=${String(anyHidden)}
          @click=${() => work.labels.toggleAllHidden()}
        >
          ${icon(anyHidden ? 'eyeOff' : 'eye')}
        </button>
        ${isOpen && list.length >= WORTH_SEARCHING
          ? html`<button class="button quiet find" type="button" title="Search labels (/)" aria-label="Search labels" aria-haspopup="listbox" @click=${pane.find}>${icon('search')}</button>`
          : nothing}
        <button class="button quiet fold" data-looks type="button" title="${isOpen ? 'Hide' : 'Show'} the labels" aria-label="List of labels" aria-expanded=${String(isOpen)} @click=${toggle}>
          ${icon('panel')}
        </button>
      </header>
      ${isOpen ? html`
        ${list.length >= WORTH_SEARCHING
          ? searchField({ what: 'labels', query, search, end: (isChosen) => end(isChosen ? shown[0]?.label : undefined) })
          : nothing}
        ${shown.length === 0 ? html`<p class="no-match">${query ? `No label contains “${query}”.` : 'There are no labels yet.'}</p>` : nothing}
        ${rows(pane, groups, shown)}
      ` : nothing}
    </section>
  `;
}

type Group = { readonly title: string; readonly labels: readonly Listed[]; readonly left: number };

/** With a title where there are several. */
function groupsOf({ work, query, first }: Pane): Group[] {
  const { label } = work;
  const { list } = work.labels;
  if (query !== '' || first.length === 0) {
    const { shown, left } = listed(list, query, label, MOST_ROWS);
    return [{ title: '', labels: shown, left }];
  }
  const parted = grouped(list, first, label, MOST_ROWS);
  return [
    { title: 'In this picture', labels: parted.first, left: 0 },
    ...(parted.others.length > 0 ? [{ title: 'Other labels', labels: parted.others, left: parted.left }] : []),
  ];
}

function rows({ work, keys }: Pane, groups: readonly Group[], shown: readonly Listed[]): TemplateResult {
  const left = groups.reduce((sum, group) => sum + group.left, 0);
  const list = (labels: readonly Listed[]): unknown =>
    repeat(
      labels,
      ({ label }) => label,
      (listed) => row(work, keys, listed, () => work.chooseLabel(listed.label)),
    );
  return html`
    <div class="label-rows">
      <div class="label-list" role="listbox" aria-label="Labels" @keydown=${moveFocus}>
        ${groups.map(({ title, labels }) =>
          title === '' ? list(labels) : html`<div class="label-group" role="group" aria-label=${title}><div class="group-title" role="presentation">${title}</div>${list(labels)}</div>`,
        )}
      </div>
      <div class="eyes" role="group" aria-label="Visibility of labels">
        ${repeat(shown, ({ label }) => label, ({ label, full }) => eye(work, label, full))}
      </div>
    </div>
    ${left > 0 ? html`<p class="no-match">${left.toLocaleString('en')} more: search for them.</p>` : nothing}
  `;
}

function row(work: Work, keys: LabelKeys, { label, full }: Listed, choose: () => void): TemplateResult {
  const isChosen = work.label === label;
  const count = work.countOf(label);
  const key = keys.of(label);
  return html`
    <div
      class="label-button ${isChosen ? 'selected' : ''} ${work.labels.isHidden(label) ? 'is-hidden' : ''}"
      role="option"
      tabindex=${isChosen ? 0 : -1}
      aria-selected=${String(isChosen)}
      aria-keyshortcuts=${key ?? nothing}
      title=${full}
      @mousedown=${keepFocus}
      @click=${choose}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
    >
      <span class="swatch" style="background:${work.labels.colorOf(label)}"></span>
      <span class="name">${full}</span>
      <span class="count" aria-label="${count} drawn">${count || ''}</span>
      ${keyBadge(key)}
    </div>
  `;
}

function eye(work: Work, label: string, full: string): TemplateResult {
  const isHidden = work.labels.isHidden(label);
  return html`
    <button
      class="button quiet"
      type="button"
      title="${isHidden ? 'Show' : 'Hide'} ${full}"
      aria-label="Hide ${full}"
      aria-pressed=${String(isHidden)}
      @click=${() => work.labels.toggleHidden(label)}
    >
      ${icon(isHidden ? 'eyeOff' : 'eye')}
    </button>
  `;
}

/** Brings the chosen label into sight of a long list, without moving the page. */
export function showChosen(root: ParentNode): void {
  const rows = root.querySelector<HTMLElement>('.label-rows');
  const chosen = root.querySelector<HTMLElement>('.label-button.selected');
  if (!rows || !chosen) return;
  const [outer, inner] = [rows.getBoundingClientRect(), chosen.getBoundingClientRect()];
  rows.scrollTop += Math.min(inner.top - outer.top, 0) + Math.max(inner.bottom - outer.bottom, 0);
  rows.scrollLeft += Math.min(inner.left - outer.left, 0) + Math.max(inner.right - outer.right, 0);
}

/** Arrow keys walk the list; Enter or space chooses. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const options = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=option]')];
  options.at((options.indexOf(event.target as HTMLElement) + step) % options.length)?.focus();
}
