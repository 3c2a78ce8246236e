/** A row of tabs: one look and one set of keys for crowd-tabs and for the instructions in a dialog. */
import { css, html, type TemplateResult } from 'lit';

export const tabListStyles = css`
  [role='tablist'] {
    border-bottom: 1px solid var(--line);
    display: flex;
    gap: 4px;
    overflow-x: auto;
    scrollbar-width: thin;
  }

  [role='tab'] {
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    color: var(--ink-soft);
    cursor: pointer;
    flex: none;
    font: inherit;
    font-weight: 500;
    max-width: 320px;
    min-height: 36px;
    overflow: hidden;
    padding: 8px 12px 6px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  [role='tab']:hover {
    color: var(--ink);
  }

  [role='tab'][aria-selected='true'] {
    border-bottom-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
  }

  [role='tab']:focus-visible {
    border-radius: var(--radius) var(--radius) 0 0;
    outline-offset: -2px;
  }

  @media (width <= 480px) {
    [role='tab'] {
      padding-inline: 8px;
    }
  }

  @media (forced-colors: active) {
    [role='tab'] {
      border-bottom-color: Canvas;
    }

    [role='tab'][aria-selected='true'] {
      border-bottom-color: Highlight;
    }
  }
`;

type Tabs = {
  readonly names: readonly string[];
  readonly current: number;
  readonly select: (index: number) => void;
};

/** Arrow keys, Home and End walk the tabs and bring the panel of each to the front. */
export function tabList({ names, current, select }: Tabs): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const goal = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const index = (goal + names.length) % names.length;
    select(index);
    [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=tab]')][index]?.focus();
  };
  return html`
    <div role="tablist" @keydown=${onKey}>
      ${names.map(
        (name, index) => html`
          <button
            type="button"
            role="tab"
            title=${name}
            aria-selected=${String(index === current)}
            tabindex=${index === current ? 0 : -1}
            @click=${() => select(index)}
          >
            ${name}
          </button>
        `,
      )}
    </div>
  `;
}
