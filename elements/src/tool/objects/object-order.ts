/** Which objects a list shows, in which order, and which of its rows are on screen. Knows no DOM. */
import { matches, share } from '../../labels/labels.ts';
import type { Item } from '../item-list.ts';

/** As in the answer, or those first of which the model was least sure. */
export type Sort = 'order' | 'doubt';

/** A row of the list: what it is of, and its number (from 1) in the answer. */
export type Row<I extends Item> = { readonly item: I; readonly number: number };

type Test = (row: Row<Item>) => boolean;

const scored = (test: (score: number) => boolean): Test => ({ item: { score } }) => score !== undefined && test(share(score));

const NUMBER = String.raw`(\d*\.?\d+)\s*%?`;
const LIMIT = new RegExp(String.raw`([<>]=?|[≤≥])\s*${NUMBER}`, 'g');
const RANGE = new RegExp(String.raw`(?<=^|\s)${NUMBER}\s*(?:-|–|\.\.)\s*${NUMBER}(?=\s|$)`, 'g');

function limit(sign: string, bound: number): Test {
  switch (sign) {
    case '<':
      return scored((score) => score < bound);
    case '>':
      return scored((score) => score > bound);
    case '<=':
    case '≤':
      return scored((score) => score <= bound);
    default:
      return scored((score) => score >= bound);
  }
}

/**
 * What a search asks for: scores such as `<0.5`, `>= 80%` or `0.2-0.5`, and beside them the number of an object or a part
 * of its label.
 */
export function testOf(query: string, nameOf: (label: string) => string): Test {
  const tests: Test[] = [];
  const rest = query
    .replace(LIMIT, (_, sign: string, bound: string) => {
      tests.push(limit(sign, share(Number(bound))));
      return ' ';
    })
    .replace(RANGE, (_, low: string, high: string) => {
      const [from, to] = [share(Number(low)), share(Number(high))];
      tests.push(scored((score) => score >= from && score <= to));
      return ' ';
    })
    .replace(/\s+/g, ' ')
    .trim();
  const number = /^#?(\d+)$/.exec(rest)?.[1];
  if (rest !== '') tests.push((row) => (number !== undefined && row.number === Number(number)) || matches(nameOf(row.item.label), rest));
  return (row) => tests.every((test) => test(row));
}

export function rowsOf<I extends Item>(items: readonly I[], query: string, sort: Sort, nameOf: (label: string) => string): Row<I>[] {
  const rows = items.map((item, index) => ({ item, number: index + 1 }));
  const found = query.trim() === '' ? rows : rows.filter(testOf(query, nameOf));
  const doubt = ({ item: { score } }: Row<I>): number => (score === undefined ? Infinity : share(score));
  // What nobody has given a score is not in doubt. Infinity less itself is no number.
  return sort === 'order' ? found : found.sort((a, b) => (doubt(a) === doubt(b) ? 0 : doubt(a) - doubt(b)));
}

/** Rows beyond the edges of the screen that are there all the same, so that a fast scroll shows no gap. */
const MARGIN = 6;

/** The first row that has to be there, and the one after the last. */
export function windowOf(scrolled: number, height: number, rowHeight: number, count: number): { start: number; end: number } {
  const start = Math.max(0, Math.min(Math.floor(scrolled / rowHeight), count) - MARGIN);
  return { start, end: Math.min(count, Math.ceil((scrolled + height) / rowHeight) + MARGIN) };
}
