/**
 * The slider that shows shapes from a score on, what it hides, and the way to delete that. The slider comes last, at the column's foot, so that
 * it stays under the pointer while more or less is said.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ScoreSettings } from './scores.ts';

/** How far the Page keys go. */
const PAGE = 0.1;

export const scorePaneStyles = css`
  .scores {
    border-top: 1px solid var(--line);
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 8px;
    margin-top: auto;
    padding: 12px 16px;
  }

  .scores header {
    align-items: center;
    display: flex;
    gap: 8px;
    justify-content: space-between;
    min-height: 28px;
  }

  .scores h2 {
    font-size: 14px;
    margin: 0;
  }

  .scores .from {
    white-space: nowrap;
  }

  .scores b {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  .scores input {
    accent-color: var(--accent);
    flex: 1;
    margin: 0;
    min-width: 72px;
    width: 100%;
  }

  .scores select {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: inherit;
    font: inherit;
    max-width: 128px;
    min-height: 28px;
    min-width: 0;
    padding: 0 4px;
    text-overflow: ellipsis;
  }

  .scores p {
    color: var(--ink-soft);
    margin: 0;
  }

  .scores .button {
    white-space: normal;
  }

  @media (pointer: coarse) {
    .scores :is(.button, select) {
      min-height: 44px;
    }
  }

  @media (width <= 760px) {
    .scores {
      align-items: center;
      flex: 1 0 100%;
      flex-flow: row wrap;
      gap: 4px 12px;
      padding: 4px 12px;
    }

    .scores :is(h2, .all) {
      display: none;
    }

    .scores .button {
      flex: 1 1 auto;
    }
  }
`;

export function scorePane(scores: ScoreSettings, leave: () => void): TemplateResult | typeof nothing {
  if (!scores.isOffered) return nothing;
  const { from, hidden, deletable, count, lastDeleted, label, labels } = scores;
  const value = from.toFixed(2);
  return html`
    <section class="scores" aria-label="Scores">
      <header>
        <h2>Scores</h2>
        ${labels.length > 1 ? select(label, labels, scores) : nothing}
      </header>
      <p class=${hidden + lastDeleted === 0 ? 'all' : ''} aria-live="polite">${sentence(scores, hidden, count, lastDeleted)}</p>
      ${deletable > 0
        ? html`<button class="button" type="button" @click=${() => {
            scores.deleteHidden();
            leave();
          }}>Delete the ${deletable.toLocaleString('en')} hidden${deletable < hidden ? ' and not locked' : ''}</button>`
        : nothing}
      <span class="from">Show from <b>${value}</b></span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        .value=${value}
        title="Show from this score (S)"
        aria-label="Show from this score"
        aria-keyshortcuts="S"
        @input=${(event: InputEvent) => {
          // No input of the worker's: it would count as a change of the answer.
          event.stopPropagation();
          scores.set((event.target as HTMLInputElement).valueAsNumber);
        }}
        @change=${(event: Event) => {
          event.stopPropagation();
          scores.keep();
        }}
        @keydown=${(event: KeyboardEvent) => onKey(event, scores, leave)}
      />
    </section>
  `;
}

function sentence(scores: ScoreSettings, hidden: number, count: number, deleted: number): string {
  if (deleted > 0 && hidden === 0) return `${scores.counted(deleted)} deleted. Undo brings ${deleted === 1 ? 'it' : 'them'} back.`;
  if (hidden === 0) return `All ${count.toLocaleString('en')} shown`;
  const shown = `${(count - hidden).toLocaleString('en')} of ${count.toLocaleString('en')} shown, ${hidden.toLocaleString('en')} hidden.`;
  return `${shown} Hidden ones stay in the answer.`;
}

const select = (label: string | undefined, labels: ScoreSettings['labels'], scores: ScoreSettings): TemplateResult => html`
  <select
    aria-label="Labels of the score"
    @input=${(event: Event) => event.stopPropagation()}
    @change=${(event: Event) => {
      event.stopPropagation();
      scores.choose(labels[(event.target as HTMLSelectElement).selectedIndex - 1]?.name);
    }}
  >
    <option ?selected=${label === undefined}>all labels</option>
    ${labels.map(({ name, full, own }) => html`<option ?selected=${name === label}>${full}${own === undefined ? '' : ` (${own.toFixed(2)})`}</option>`)}
  </select>
`;

/** Arrow keys are the slider's own; Page keys go in tenths, and Escape or Enter leads back to the picture. */
function onKey(event: KeyboardEvent, scores: ScoreSettings, leave: () => void): void {
  const page = { PageUp: PAGE, PageDown: -PAGE }[event.key];
  const isEnd = (event.key === 'Escape' || event.key === 'Enter') && !event.ctrlKey && !event.metaKey;
  if (page === undefined && !isEnd) return;
  event.preventDefault();
  if (page === undefined) return leave();
  scores.set(scores.from + page);
  scores.keep();
}
