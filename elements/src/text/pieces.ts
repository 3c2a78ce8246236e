/** How spans that may overlap are drawn: the text falls into pieces, each under the same spans from end to end. Knows no DOM. */
import type { Range } from './source-text.ts';

/** A span as it is drawn, in UTF-16 units. */
export type Drawn = Range & {
  readonly id: number;
  readonly color: string;
  /** What its tag says. */
  readonly short: string;
  /** The line under the text that is its own, 0 the first. */
  readonly lane: number;
};

export type Piece = Range & { readonly covers: readonly Drawn[] };

/** In the order in which they are drawn: of those that begin together, the longest first. */
const inOrder = (a: Range, b: Range): number => a.start - b.start || b.end - a.end;

/** The spans sorted, each with the first lane that is free where it begins. */
export function lanesOf(spans: readonly Omit<Drawn, 'lane'>[]): Drawn[] {
  const ends: number[] = [];
  return [...spans].sort(inOrder).map((span) => {
    const free = ends.findIndex((end) => end <= span.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = span.end;
    return { ...span, lane };
  });
}

/** The pieces of a block, with the spans that reach into it, and cut at `marks` too. */
export function piecesOf({ start, end }: Range, spans: readonly Drawn[], marks: readonly number[] = []): Piece[] {
  const inside = (unit: number): boolean => unit > start && unit < end;
  const bounds = [...new Set([start, ...[...spans.flatMap((span) => [span.start, span.end]), ...marks].filter(inside), end])].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let open: readonly Drawn[] = [];
  let next = 0;
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[index + 1] as number;
    open = open.filter((span) => span.end > from);
    const begun: Drawn[] = [];
    while (next < spans.length && (spans[next] as Drawn).start < to) begun.push(spans[next++] as Drawn);
    if (begun.length > 0) open = [...open, ...begun.filter((span) => span.end > from)];
    pieces.push({ start: from, end: to, covers: open });
  }
  return pieces;
}

/** For each block, the spans that reach into it; both are sorted by their start. */
export function byBlock(blocks: readonly Range[], spans: readonly Drawn[]): Drawn[][] {
  let open: Drawn[] = [];
  let next = 0;
  return blocks.map(({ start, end }) => {
    open = open.filter((span) => span.end > start);
    while (next < spans.length && (spans[next] as Drawn).start < end) open.push(spans[next++] as Drawn);
    return [...open];
  });
}
