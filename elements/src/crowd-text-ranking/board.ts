/** The board of one dimension: a lane for each rank, in which the responses stand as chips with their letters. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChipDrag } from './chip-drag.ts';
import { byRank, stepped, type Dimension, type Ranks } from './ranking.ts';

export type Board = {
  readonly dimension: Dimension;
  readonly ranks: Ranks;
  readonly responses: readonly string[];
  readonly error: string;
  /** The response that is picked up to be put into a lane. */
  readonly picked: number | undefined;
  readonly drag: ChipDrag;
  readonly pick: (response: number) => void;
  readonly rank: (response: number, rank: number | undefined) => void;
};

/** A, B, … Z, AA, … */
export function letterOf(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : letterOf(Math.floor(position / 26) - 1) + letter;
}

const ordinal = (rank: number | undefined): string => (rank === undefined ? 'not ranked' : `rank ${rank}`);

export function board(given: Board): TemplateResult {
  const { dimension, ranks, responses, error } = given;
  const lanes = [undefined, ...responses.map((_, index) => index + 1)];
  const groups = byRank(ranks);
  return html`
    <div class="board ${error ? 'invalid' : ''}" role="group" aria-label=${dimension.name}>
      <h3>${dimension.name}</h3>
      <p class="rule">${dimension.allowTie ? 'Equal ranks are allowed.' : 'Each rank once.'}</p>
      ${lanes.map((rank) => lane(given, rank, groups.get(rank) ?? []))}
      <p class="error" role="alert">${error}</p>
    </div>
  `;
}

function lane(given: Board, rank: number | undefined, responses: readonly number[]): TemplateResult {
  const { picked, dimension } = given;
  const words = rank === undefined ? 'Not ranked' : rank === 1 ? '1 · best' : String(rank);
  const name = `${words}, ${dimension.name}${picked === undefined ? '' : `: put ${letterOf(picked)} there`}`;
  return html`
    <div class="lane ${rank === undefined ? 'tray' : ''}" data-rank=${rank ?? ''}>
      <button class="place" type="button" aria-label=${name} ?disabled=${picked === undefined} @click=${() => picked !== undefined && given.rank(picked, rank)}>
        ${words}
      </button>
      <div class="chips">${repeat(responses, (response) => response, (response) => chip(given, response, rank))}</div>
    </div>
  `;
}

function chip({ dimension, responses, picked, drag, pick, rank: put }: Board, response: number, rank: number | undefined): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const next = rankFor(event, rank, responses.length);
    if (next === false) return;
    event.preventDefault();
    put(response, next);
  };
  return html`
    <button
      class="chip"
      type="button"
      data-response=${response}
      aria-pressed=${String(picked === response)}
      aria-label="${letterOf(response)}, ${ordinal(rank)} on ${dimension.name}"
      title=${responses[response] ?? ''}
      @click=${() => pick(response)}
      @keydown=${onKey}
      @pointerdown=${drag.onDown}
      @pointermove=${drag.onMove}
      @pointerup=${drag.onUp}
      @pointercancel=${drag.cancel}
    >
      ${letterOf(response)}
    </button>
  `;
}

/** The rank that a key gives; false where it gives none. */
function rankFor({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, rank: number | undefined, count: number): number | undefined | false {
  if (ctrlKey || metaKey || altKey) return false;
  if (key === 'ArrowDown' || key === 'ArrowRight') return stepped(rank, 1, count);
  if (key === 'ArrowUp' || key === 'ArrowLeft') return stepped(rank, -1, count);
  if (key === 'Delete' || key === 'Backspace' || key === '0') return undefined;
  return /^[1-9]$/.test(key) && Number(key) <= count ? Number(key) : false;
}
