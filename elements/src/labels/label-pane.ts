/** The list of labels: choose, count, search, hide. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import type { Work } from '../tool/work.ts';
import { keyBadge } from './key.ts';
import type { LabelKeys } from './label-keys.ts';
import { listed } from './labels.ts';
import { searchField, WORTH_SEARCHING } from './search-field.ts';

/** Nobody scrolls through more rows than this, and many more would make every change slow. */
const MOST_ROWS = 200;

type Pane = {
  readonly work: Work;
  readonly keys: LabelKeys;
  readonly query: string;
  readonly search: (query: string) => void;
  /** The search is over: back to the stage. */
  readonly leave: () => void;
};

export function labelPane({ work, keys, query, search, leave }: Pane): TemplateResult {
  const { list, anyHidden, active } = work.labels;
  const { shown, left } = listed(list, query, active, MOST_ROWS);
  const choose = (label: string) => (): void => work.chooseLabel(label);
  const end = (label?: string): void => {
    if (label !== undefined) work.chooseLabel(label);
    search('');
    leave();
  };
  return html`
    <section class="label-pane-content" aria-label="Labels">
      <header>
        <h2>Labels</h2>
        <button
          class="button quiet"
          type="button"
          title="${anyHidden ? 'Show' : 'Hide'} everything (H)"
          aria-label="Hide everything"
          aria-pressed=${String(anyHidden)}
          @click=${() => work.labels.toggleAllHidden()}
        >
          ${icon(anyHidden ? 'eyeOff' : 'eye')}
        </button>
      </header>
      ${list.length >= WORTH_SEARCHING
        ? searchField({ what: 'labels', query, search, end: (isChosen) => end(isChosen ? shown[0]?.label : undefined) })
        : nothing}
      ${shown.length === 0 ? html`<p class="no-match">${query ? `No label contains “${query}”.` : 'There are no labels yet.'}</p>` : nothing}
      <div class="label-rows">
        <div class="label-list" role="listbox" aria-label="Labels" @keydown=${moveFocus}>
          ${repeat(
            shown,
            ({ label }) => label,
            ({ label, full }) => row(work, keys, label, full, choose(label)),
          )}
        </div>
        <div class="eyes" role="group" aria-label="Visibility of labels">
          ${repeat(shown, ({ label }) => label, ({ label, full }) => eye(work, label, full))}
        </div>
      </div>
      ${left > 0 ? html`<p class="no-match">${left.toLocaleString('en')} more: search for them.</p>` : nothing}
    </section>
  `;
}

function row(work: Work, keys: LabelKeys, label: string, full: string, choose: () => void): TemplateResult {
  const isChosen = work.labels.active === label;
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

/** A click chooses a label and leaves the keyboard where it was, with the stage. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

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
