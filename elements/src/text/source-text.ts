/**
 * A text and the two ways to count in it: answers count characters (Unicode code points), browsers count UTF-16 units
 * (`a2i-facts/crowd-elements/text.md`, "Offsets"). Knows no DOM.
 */

/** A part of a text, in UTF-16 units; the end is exclusive. */
export type Range = { readonly start: number; readonly end: number };

const PAIR = /[\u{10000}-\u{10ffff}]/gu;

/** How many of the sorted numbers lie below `limit`, each less its own position times `step`. */
function countBelow(sorted: readonly number[], limit: number, step: 0 | 1): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) - middle * step < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class SourceText {
  /** Where characters of two units begin, in units. */
  private readonly pairs: readonly number[];

  constructor(readonly string: string) {
    this.pairs = [...string.matchAll(PAIR)].map(({ index }) => index);
  }

  /** In code points. */
  get length(): number {
    return this.string.length - this.pairs.length;
  }

  unitAt(point: number): number {
    return point + countBelow(this.pairs, point, 1);
  }

  pointAt(unit: number): number {
    return unit - countBelow(this.pairs, unit, 0);
  }

  slice({ start, end }: Range): string {
    return this.string.slice(start, end);
  }

  /** The range without white space at its ends; undefined where nothing else is in it. */
  trimmed({ start, end }: Range): Range | undefined {
    const text = this.string.slice(start, end);
    const inner = text.trim();
    const from = start + text.length - text.trimStart().length;
    return inner === '' ? undefined : { start: from, end: from + inner.length };
  }
}
