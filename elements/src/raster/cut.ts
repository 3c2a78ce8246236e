/** Takes a region apart: into what hangs together, or along a line. Knows no DOM. */
import type { Point } from '../base/geometry.ts';
import type { Mask, Span } from './mask.ts';
import { only, Parts } from './parts.ts';
import { stroke } from './spans.ts';

/** Begins so many regions, or fewer where there is no room for them, and gives their numbers. */
export type Begin = (count: number) => readonly number[];

/** A line so wide has no gap for what hangs together by corners. */
const WIDTH = 2;
/** Who draws a line does not mean to cut off what has fewer pixels than this and is a hundredth of the whole. */
const SPECK = 9;
const SPECK_SHARE = 0.01;

/** Gives each part of a region but the largest to a region of its own; how many there are. */
export function split(mask: Mask, region: number, begin: Begin): number {
  const parts = Parts.of(mask, region);
  return giveAway(mask, parts, bySize(parts, [...parts.sizes.keys()]).slice(1), begin).length;
}

/**
 * Cuts a region along a line: of what was in one piece before and is in several now, all but the largest go to regions of
 * their own; how many there are. No pixel is lost: those on the line go to the nearest piece.
 */
export function cut(mask: Mask, region: number, line: readonly Point[], begin: Begin): number {
  const before = Parts.of(mask, region);
  const pending: number[] = [];
  const take: Span = (row, start, end) => {
    for (let column = start; column < end; column++) pending.push(row * mask.width + column);
    mask.fill(row, start, end, 0);
  };
  draw(line, only(mask, region, take));
  const parts = Parts.of(mask, region);
  const { apart, specks } = sortOut(parts, before);
  parts.each((part, row, start, end) => specks.has(part) && take(row, start, end));
  const begun = giveAway(mask, parts, bySize(parts, apart).slice(1), begin);
  giveBack(mask, pending, region, new Set([region, ...begun]));
  return begun.length;
}

/** The region that has the most of a line, among those that are meant; 0 where none has any. */
export function under(mask: Mask, line: readonly Point[], isMeant: (region: number) => boolean): number {
  const counts = new Map<number, number>();
  draw(line, (row, start, end) => {
    for (let column = start; column < end; column++) {
      const region = mask.at(column, row);
      if (region > 0) counts.set(region, (counts.get(region) ?? 0) + 1);
    }
  });
  let [best, most] = [0, 0];
  for (const [region, count] of counts) if (count > most && isMeant(region)) [best, most] = [region, count];
  return best;
}

function draw(line: readonly Point[], span: Span): void {
  for (const [index, point] of line.entries()) stroke(line[index - 1] ?? point, point, WIDTH, span);
}

const bySize = ({ sizes }: Parts, some: readonly number[]): number[] =>
  [...some].sort((one, other) => (sizes[other] as number) - (sizes[one] as number));

/** The parts of what is in several pieces now, and what is too little to be one. */
function sortOut(parts: Parts, before: Parts): { apart: number[]; specks: Set<number> } {
  const pieces = new Map<number, number[]>();
  const specks = new Set<number>();
  for (const [part, size] of parts.sizes.entries()) {
    const whole = before.at(parts.firsts[part] as number) as number;
    if (size < SPECK && size < (before.sizes[whole] as number) * SPECK_SHARE) specks.add(part);
    else pieces.set(whole, [...(pieces.get(whole) ?? []), part]);
  }
  return { apart: [...pieces.values()].filter(({ length }) => length > 1).flat(), specks };
}

/** Gives parts to regions that are begun for them; those for which there is no room stay. Answers the regions. */
function giveAway(mask: Mask, parts: Parts, some: readonly number[], begin: Begin): readonly number[] {
  if (some.length === 0) return [];
  const begun = begin(some.length);
  const regions = new Map(begun.map((region, index) => [some[index] as number, region] as const));
  parts.each((part, row, start, end) => {
    const region = regions.get(part);
    if (region !== undefined) mask.fill(row, start, end, region);
  });
  return begun;
}

/** Gives cells to the nearest of the pieces, ring by ring; to the region itself where none is beside them. */
function giveBack(mask: Mask, cells: readonly number[], region: number, pieces: ReadonlySet<number>): void {
  for (let left = cells; left.length > 0; ) {
    const given = left.map((cell) => neighbour(mask, cell, pieces));
    const isStuck = given.every((number) => number === 0);
    for (const [index, cell] of left.entries()) if (isStuck || given[index]) put(mask, cell, isStuck ? region : (given[index] as number));
    left = isStuck ? [] : left.filter((_, index) => given[index] === 0);
  }
}

function neighbour(mask: Mask, cell: number, pieces: ReadonlySet<number>): number {
  const [row, column] = [Math.floor(cell / mask.width), cell % mask.width];
  for (const [dx, dy] of AROUND) {
    const region = mask.at(column + dx, row + dy);
    if (pieces.has(region)) return region;
  }
  return 0;
}

/** First what lies side by side, then corners. */
const AROUND = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, -1], [-1, 1], [1, 1]] as const;

function put(mask: Mask, cell: number, region: number): void {
  const column = cell % mask.width;
  mask.fill(Math.floor(cell / mask.width), column, column + 1, region);
}
