/**
 * The blocks in which a long text is laid out, so that a change lays out one of them and what is not in sight costs nothing
 * (decision 36). Knows no DOM.
 */
import type { Range } from './source-text.ts';

/** Lines are gathered until a block has so many characters. */
const GATHERED = 2000;

/** A line that is longer than this is laid out in several pieces, each from a new line on. */
const LONGEST = 4000;

/** The end of a piece of a long line from `start` on: behind a space where there is one, never inside of a character. */
function pieceEnd(text: string, start: number): number {
  const end = start + LONGEST;
  const space = text.lastIndexOf(' ', end - 1);
  if (space > start + LONGEST / 2) return space + 1;
  const isInside = /[\udc00-\udfff]/.test(text[end] ?? '');
  return isInside ? end + 1 : end;
}

/** The end of the line that begins at `start`, behind its line break. */
function lineEnd(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak === -1 ? text.length : lineBreak + 1;
}

/** Whole lines, several of them in a block where they are short; at least one block. */
export function blocksOf(text: string): Range[] {
  const blocks: Range[] = [];
  let start = 0;
  let end = 0;
  const close = (): void => {
    if (end > start) blocks.push({ start, end });
    start = end;
  };
  while (end < text.length) {
    const next = lineEnd(text, end);
    if (next - start > GATHERED) close();
    end = next;
    while (end - start > LONGEST) {
      const piece = pieceEnd(text, start);
      blocks.push({ start, end: piece });
      start = piece;
    }
  }
  close();
  return blocks.length > 0 ? blocks : [{ start: 0, end: 0 }];
}

/** The position (0-based) of the block that holds this unit of the text. */
export function blockAt(blocks: readonly Range[], unit: number): number {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle] as Range).start <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}
