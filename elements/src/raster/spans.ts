/** The pixels of figures, row by row: a stroke, a polygon, what hangs together. A pixel belongs to a figure by its middle. Knows no DOM. */
import type { Point } from '../base/geometry.ts';
import type { Mask, Span } from './mask.ts';

/** Rounding must not take a pixel from the rim of a round brush on one side only. */
const TINY = 1e-9;

type Interval = readonly [low: number, high: number];

/** The pixels whose middle lies between two numbers. */
const pixels = (row: number, [low, high]: Interval, span: Span): void => span(row, Math.ceil(low - 0.5 - TINY), Math.floor(high - 0.5 + TINY) + 1);

/** Where a brush of this diameter stands so that it covers whole pixels: in the middle of one, or between two. */
export const settle = ({ x, y }: Point, diameter: number): Point =>
  diameter % 2 === 1 ? { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 } : { x: Math.round(x), y: Math.round(y) };

/** What a round brush covers on its straight way from one point to another. */
export function stroke(from: Point, to: Point, diameter: number, span: Span): void {
  const radius = diameter / 2;
  const sides = flanks(from, to, radius);
  const top = Math.ceil(Math.min(from.y, to.y) - radius - 0.5 - TINY);
  const bottom = Math.floor(Math.max(from.y, to.y) + radius - 0.5 + TINY);
  for (let row = top; row <= bottom; row++) {
    const parts = [disc(from, radius, row + 0.5), disc(to, radius, row + 0.5), convex(sides, row + 0.5)].filter((part) => part !== undefined);
    if (parts.length > 0) pixels(row, [Math.min(...parts.map(([low]) => low)), Math.max(...parts.map(([, high]) => high))], span);
  }
}

function disc({ x, y }: Point, radius: number, level: number): Interval | undefined {
  const square = radius * radius - (level - y) ** 2;
  if (square < -TINY) return undefined;
  const half = Math.sqrt(Math.max(square, 0));
  return [x - half, x + half];
}

/** The corners of the rectangle that a disc sweeps over between two points. */
function flanks(from: Point, to: Point, radius: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return [];
  const across = { x: (-(to.y - from.y) / length) * radius, y: ((to.x - from.x) / length) * radius };
  const beside = (point: Point, side: 1 | -1): Point => ({ x: point.x + side * across.x, y: point.y + side * across.y });
  return [beside(from, 1), beside(to, 1), beside(to, -1), beside(from, -1)];
}

/** What a convex polygon has at this height. */
function convex(corners: readonly Point[], level: number): Interval | undefined {
  const crossings = edges(corners).flatMap(([a, b]) => (a.y > level !== b.y > level ? [crossing(a, b, level)] : []));
  return crossings.length > 0 ? [Math.min(...crossings), Math.max(...crossings)] : undefined;
}

const edges = (corners: readonly Point[]): [Point, Point][] => corners.map((corner, index) => [corner, corners[(index + 1) % corners.length] as Point]);

const crossing = (a: Point, b: Point, level: number): number => a.x + ((level - a.y) * (b.x - a.x)) / (b.y - a.y);

/** Everything that an outline goes around, also where it crosses itself. Rows outside of 0 to `height` are left out. */
export function polygon(outline: readonly Point[], height: number, span: Span): void {
  const rows = new Map<number, { x: number; turn: 1 | -1 }[]>();
  // Side by side, not row by row: a freely drawn outline has thousands of short sides.
  for (const [a, b] of edges(outline)) {
    const first = Math.max(Math.ceil(Math.min(a.y, b.y) - 0.5), 0);
    const end = Math.min(Math.ceil(Math.max(a.y, b.y) - 0.5), height);
    for (let row = first; row < end; row++) {
      const met = { x: crossing(a, b, row + 0.5), turn: a.y > b.y ? 1 : -1 } as const;
      const others = rows.get(row);
      if (others) others.push(met);
      else rows.set(row, [met]);
    }
  }
  for (const [row, crossings] of rows) {
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    for (const [index, { x, turn }] of crossings.entries()) {
      winding += turn;
      const next = crossings[index + 1];
      if (winding !== 0 && next) pixels(row, [x, next.x], span);
    }
  }
}

/** Gives the pixel and all that hang together with it, side by side and of the same region, to another region. */
export function flood(mask: Mask, { x, y }: Point, region: number): void {
  const { cells, width, height } = mask;
  const old = mask.at(x, y);
  if (old === region || x < 0 || y < 0 || x >= width || y >= height) return;
  const waiting = [y * width + x];
  for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop()) {
    if (cells[seed] !== old) continue;
    const row = Math.floor(seed / width);
    const first = row * width;
    let [start, end] = [seed, seed + 1];
    while (start > first && cells[start - 1] === old) start -= 1;
    while (end < first + width && cells[end] === old) end += 1;
    mask.fill(row, start - first, end - first, region);
    if (row > 0) seeds(cells, start - width, end - width, old, waiting);
    if (row < height - 1) seeds(cells, start + width, end + width, old, waiting);
  }
}

/** Adds the first pixel of each run of `old`. */
function seeds(cells: Uint16Array, start: number, end: number, old: number, waiting: number[]): void {
  for (let index = start; index < end; index++) if (cells[index] === old && (index === start || cells[index - 1] !== old)) waiting.push(index);
}
