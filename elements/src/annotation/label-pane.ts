/** The list of labels: choose, count, search, hide. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import type { Annotations, Shape } from './model/annotations.ts';
import { keyAt, matches } from './model/labels.ts';

/** Fewer labels than this are found faster with the eye than with a search field. */
const WORTH_SEARCHING = 8;

export const labelPaneStyles = css`
  .label-pane-content {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
    overflow: hidden;
  }

  .label-pane-content header {
    align-items: center;
    display: flex;
    justify-content: space-between;
    min-height: 48px;
    padding: 0 4px 0 16px;
  }

  .label-pane-content h2 {
    font-size: 14px;
    margin: 0;
  }

  .search {
    align-items: center;
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    display: flex;
    margin: 0 12px 8px;
  }

  .search:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .search svg {
    fill: none;
    height: 16px;
    margin-left: 8px;
    stroke: var(--ink-soft);
    stroke-width: 1.75;
    width: 16px;
  }

  .search input {
    background: none;
    border: 0;
    color: inherit;
    font: inherit;
    min-width: 0;
    outline: 0;
    padding: 5px 8px;
    width: 100%;
  }

  .label-rows {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 36px;
    overflow-y: auto;
    padding: 2px 4px 8px 8px;
  }

  .label-button {
    align-items: center;
    border-radius: var(--radius);
    cursor: pointer;
    display: flex;
    gap: 8px;
    height: 36px;
    padding: 0 8px;
    user-select: none;
  }

  .label-button:hover {
    background: var(--paper-soft);
  }

  .label-button.selected {
    background: var(--accent-soft);
    font-weight: 600;
  }

  .label-button:focus-visible {
    outline-offset: -2px;
  }

  .swatch {
    border: 1px solid light-dark(rgb(0 0 0 / 30%), rgb(255 255 255 / 40%));
    border-radius: 3px;
    flex: none;
    height: 14px;
    width: 14px;
  }

  .name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
    font-weight: normal;
  }

  .key {
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: var(--ink-soft);
    flex: none;
    font: 11px/16px ui-monospace, 'Cascadia Mono', Menlo, monospace;
    text-align: center;
    width: 18px;
  }

  .eyes {
    display: contents;
  }

  .eyes .button {
    color: var(--ink-soft);
    height: 36px;
    padding: 0;
    width: 36px;
  }

  .eyes-column {
    display: flex;
    flex-direction: column;
  }

  .is-hidden .name {
    opacity: 0.65;
    text-decoration: line-through;
  }

  .no-match {
    color: var(--ink-soft);
    margin: 8px 16px;
  }

  @media (width <= 760px) {
    .label-pane-content {
      border-left: 0;
      border-top: 1px solid var(--line);
      flex-direction: row;
    }

    .label-pane-content header h2,
    .eyes-column {
      display: none;
    }

    .search {
      flex: none;
      margin: 6px 0 6px 4px;
      width: 144px;
    }

    .label-rows {
      display: block;
      flex: 1;
      overflow-x: auto;
      padding: 4px;
    }

    .label-list {
      display: flex;
    }

    .label-button {
      flex: none;
      max-width: 200px;
    }
  }
`;

type Pane<S extends Shape> = {
  readonly annotations: Annotations<S>;
  readonly query: string;
  readonly search: (query: string) => void;
};

export function labelPane<S extends Shape>({ annotations, query, search }: Pane<S>): TemplateResult {
  const found = annotations.labels.map((label, position) => ({ label, position })).filter(({ label }) => matches(label, query));
  const choose = (label: string) => (): void => annotations.chooseLabel(label);
  const anyHidden = annotations.hidden.size > 0;
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
          @click=${() => annotations.toggleAllHidden()}
        >
          ${icon(anyHidden ? 'eyeOff' : 'eye')}
        </button>
      </header>
      ${annotations.labels.length >= WORTH_SEARCHING ? searchField(query, search) : nothing}
      ${found.length === 0 ? html`<p class="no-match">${query ? `No label contains “${query}”.` : 'There are no labels yet.'}</p>` : nothing}
      <div class="label-rows">
        <div class="label-list" role="listbox" aria-label="Labels" @keydown=${moveFocus}>
          ${repeat(
            found,
            ({ label }) => label,
            ({ label, position }) => row(annotations, label, position, choose(label)),
          )}
        </div>
        <div class="eyes-column" role="group" aria-label="Visibility of labels">
          <div class="eyes">${repeat(found, ({ label }) => label, ({ label }) => eye(annotations, label))}</div>
        </div>
      </div>
    </section>
  `;
}

const searchField = (query: string, search: (query: string) => void): TemplateResult => html`
  <div class="search">
    ${icon('search')}
    <input
      type="search"
      aria-label="Search labels"
      placeholder="Search labels"
      .value=${query}
      @input=${(event: InputEvent) => search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && (event.target as HTMLInputElement).blur()}
    />
  </div>
`;

function row<S extends Shape>(annotations: Annotations<S>, label: string, position: number, choose: () => void): TemplateResult {
  const isChosen = annotations.activeLabel === label;
  const count = annotations.countOf(label);
  const key = keyAt(position);
  return html`
    <div
      class="label-button ${isChosen ? 'selected' : ''} ${annotations.hidden.has(label) ? 'is-hidden' : ''}"
      role="option"
      tabindex=${isChosen ? 0 : -1}
      aria-selected=${String(isChosen)}
      aria-keyshortcuts=${key ?? nothing}
      title=${label}
      @click=${choose}
      @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), choose())}
    >
      <span class="swatch" style="background:${annotations.colorOf(label)}"></span>
      <span class="name">${label}</span>
      <span class="count" aria-label="${count} drawn">${count || ''}</span>
      ${key ? html`<span class="key" aria-hidden="true">${key}</span>` : nothing}
    </div>
  `;
}

function eye<S extends Shape>(annotations: Annotations<S>, label: string): TemplateResult {
  const isHidden = annotations.hidden.has(label);
  return html`
    <button
      class="button quiet"
      type="button"
      title="${isHidden ? 'Show' : 'Hide'} ${label}"
      aria-label="Hide ${label}"
      aria-pressed=${String(isHidden)}
      @click=${() => annotations.toggleHidden(label)}
    >
      ${icon(isHidden ? 'eyeOff' : 'eye')}
    </button>
  `;
}

/** Arrow keys walk the list; Enter or space chooses. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const options = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=option]')];
  options.at((options.indexOf(event.target as HTMLElement) + step) % options.length)?.focus();
}
