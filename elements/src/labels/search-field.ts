/** The field by which one thing of a long list is found: labels, categories. */
import { css, html, type TemplateResult } from 'lit';
import { icon } from '../base/icons.ts';

/** Fewer things than this are found faster with the eye than with a search field. */
export const WORTH_SEARCHING = 8;

export const searchFieldStyles = css`
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
    flex: none;
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
`;

type Search = {
  /** What is searched, in the plural. */
  readonly what: string;
  readonly query: string;
  readonly search: (query: string) => void;
  /** The search is over: by Enter, which chooses the first thing found, or by Escape. */
  readonly end: (isChosen: boolean) => void;
};

export function searchField({ what, query, search, end }: Search): TemplateResult {
  const onInput = (event: InputEvent): void => {
    // No input of the worker's: it would count as a change of the answer.
    event.stopPropagation();
    search((event.target as HTMLInputElement).value);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // With Ctrl, Enter submits the form.
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    end(event.key === 'Enter');
  };
  return html`
    <div class="search">
      ${icon('search')}
      <input type="search" aria-label="Search ${what}" placeholder="Search ${what}" .value=${query} @input=${onInput} @keydown=${onKey} />
    </div>
  `;
}
