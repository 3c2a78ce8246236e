/** The list of categories: choose by pointer, key or search. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { keepFocus } from '../base/keep-focus.ts';
import { keyBadge } from '../labels/key.ts';
import { keyAt, matches } from '../labels/labels.ts';
import { searchField, WORTH_SEARCHING } from '../labels/search-field.ts';
import type { Choices, Option } from './choices.ts';

export const choicePaneStyles = css`
  .annotation-area {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
    overflow-y: auto;
  }

  /* What a template puts below keeps its distance, and can be scrolled to. */
  .annotation-area > * {
    flex: none;
    margin-inline: 12px;
  }

  .annotation-area > .category-picker-wrapper {
    display: flex;
    flex: 0 1 auto;
    flex-direction: column;
    margin-inline: 0;
    /* Of many categories, a handful is seen whatever stands below. */
    min-height: min(100%, 280px, calc(var(--rows) * 36px + 56px));
  }

  .category-picker-wrapper h2 {
    font-size: 14px;
    line-height: 20px;
    margin: 0;
    padding: 14px 16px;
  }

  .choices {
    overflow-y: auto;
    padding: 2px 8px 8px;
  }

  .choice {
    align-items: flex-start;
    border-radius: var(--radius);
    contain-intrinsic-size: auto 36px;
    content-visibility: auto;
    cursor: pointer;
    display: flex;
    gap: 8px;
    min-height: 36px;
    padding: 8px;
    user-select: none;
  }

  .choice:hover {
    background: var(--paper-soft);
  }

  .choice:has(:checked) {
    background: var(--accent-soft);
    font-weight: 600;
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .choice input {
    accent-color: var(--accent);
    flex: none;
    height: 16px;
    margin: 2px 0;
    outline: 0;
    width: 16px;
  }

  .choice .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  .choice .key {
    margin-top: 1px;
  }

  .choice.exclusion:not(:first-child) {
    border-top: 1px solid var(--line);
    border-start-end-radius: 0;
    border-start-start-radius: 0;
    margin-top: 4px;
    padding-top: 8px;
  }

  .no-match {
    color: var(--ink-soft);
    margin: 0;
    overflow-wrap: anywhere;
    padding: 0 16px 12px;
  }

  @media (width <= 760px) {
    .annotation-area {
      border-left: 0;
      border-top: 1px solid var(--line);
      max-height: 40dvh;
    }

    .category-picker-wrapper h2 {
      padding-block: 8px 4px;
    }

    .choice {
      min-height: 40px;
      padding-block: 10px;
    }
  }

  /* Nobody presses keys there. */
  @media (hover: none) and (pointer: coarse) {
    .choice .key {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .choice:has(:checked) {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`;

type Pane = {
  readonly choices: Choices;
  /** What the choice is about. */
  readonly name: string;
  readonly query: string;
  readonly search: (query: string) => void;
  readonly choose: (option: Option) => void;
  /** The search is over: back to the stage. */
  readonly leave: () => void;
  readonly submit: (event: KeyboardEvent) => void;
  /** What stands below the categories. */
  readonly below: TemplateResult | typeof nothing;
};

type Place = { readonly option: Option; readonly position: number };

export function choicePane({ choices, name, query, search, choose, leave, submit, below }: Pane): TemplateResult {
  const { options, limit } = choices;
  const shown = options.map((option, position) => ({ option, position })).filter(({ option }) => matches(option.text, query));
  const end = (isChosen: boolean): void => {
    const first = isChosen ? shown[0] : undefined;
    if (first) choose(first.option);
    search('');
    leave();
  };
  const onChange = ({ target }: Event): void => {
    const option = options[Number((target as HTMLInputElement).value)];
    if (option) choose(option);
  };
  const title = limit === 'one' ? 'Choose one' : 'Choose all that apply';
  return html`
    <section class="annotation-area" aria-label="Categories">
      <div class="category-picker-wrapper" style="--rows: ${shown.length}">
        <h2>${title}</h2>
        ${options.length >= WORTH_SEARCHING ? searchField({ what: 'categories', query, search, end }) : nothing}
        ${shown.length === 0 ? html`<p class="no-match">${query ? `No category contains “${query}”.` : 'There are no categories yet.'}</p>` : nothing}
        <div
          class="choices"
          role=${limit === 'one' ? 'radiogroup' : 'group'}
          aria-label="${name ? `${name}: ` : ''}${title.toLowerCase()}"
          @change=${onChange}
          @input=${(event: Event) => event.stopPropagation()}
          @keydown=${submit}
        >
          ${repeat(shown, ({ position }) => position, (place) => row(choices, place))}
        </div>
      </div>
      ${below}
    </section>
  `;
}

function row(choices: Choices, { option, position }: Place): TemplateResult {
  const key = keyAt(position);
  return html`
    <label class="choice ${option.isExclusion ? 'exclusion' : ''}" @mousedown=${keepFocus}>
      <input
        type=${choices.limit === 'one' ? 'radio' : 'checkbox'}
        name="choice"
        value=${position}
        aria-keyshortcuts=${key ?? nothing}
        .checked=${live(choices.isChosen(option))}
      />
      <span class="text" dir="auto">${option.text}</span>
      ${keyBadge(key)}
    </label>
  `;
}

/** Brings the choice into sight of a long list, without moving the page. */
export function showChoice(root: ParentNode): void {
  const list = root.querySelector<HTMLElement>('.choices');
  const chosen = list?.querySelector('.choice:has(:checked)');
  if (!list || !chosen) return;
  const [outer, inner] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  list.scrollTop += Math.min(inner.top - outer.top, 0) + Math.max(inner.bottom - outer.bottom, 0);
}
