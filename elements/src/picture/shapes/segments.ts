/** Straight lines between two points. Knows no DOM. */
import { clamp, distance, type Point, type Size } from '../../base/geometry.ts';

export type Segment = readonly [Point, Point];

/** The segments between successive vertices; `isClosed`, also that from the last to the first. */
export function segmentsOf(vertices: readonly Point[], isClosed: boolean): Segment[] {
  const segments = vertices.slice(1).map((to, index): Segment => [vertices[index] as Point, to]);
  const [first, last] = [vertices[0], vertices.at(-1)];
  return isClosed && first && last && vertices.length > 2 ? [...segments, [last, first]] : segments;
}

/** The point of the segment from `start` to `end` at this share of its length. */
export const along = ([start, end]: Segment, share: number): Point => ({
  x: start.x + (end.x - start.x) * share,
  y: start.y + (end.y - start.y) * share,
});

export function distanceTo(segment: Segment, point: Point): number {
  const [start, end] = segment;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : clamp(((point.x - start.x) * dx + (point.y - start.y) * dy) / square, 0, 1);
  return distance(along(segment, share), point);
}

/** Twice the area of the triangle: positive where c lies to the right of the way from a to b on screen, 0 where on it. */
const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** Does the point, known to be on the line through the segment, lie on the segment itself? */
const isBetween = ([start, end]: Segment, { x, y }: Point): boolean =>
  x >= Math.min(start.x, end.x) && x <= Math.max(start.x, end.x) && y >= Math.min(start.y, end.y) && y <= Math.max(start.y, end.y);

/** Have the two a point in common? */
export function meet(one: Segment, other: Segment): boolean {
  const [a, b] = one;
  const [c, d] = other;
  const turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)].map(Math.sign) as [number, number, number, number];
  if (turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0) return true;
  return (
    (turns[0] === 0 && isBetween(one, c)) ||
    (turns[1] === 0 && isBetween(one, d)) ||
    (turns[2] === 0 && isBetween(other, a)) ||
    (turns[3] === 0 && isBetween(other, b))
  );
}

/** Do two segments that follow each other, as a–b and b–c, turn back upon each other? */
function foldsBack([a, b]: Segment, [, c]: Segment): boolean {
  return turn(a, b, c) === 0 && (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y) > 0;
}

/** Does any segment meet another one elsewhere than where they follow each other? */
export function crossesItself(vertices: readonly Point[], isClosed: boolean): boolean {
  const segments = segmentsOf(vertices, isClosed);
  const last = segments.length - 1;
  return segments.some((one, index) =>
    segments.slice(index + 1).some((other, offset) => {
      if (offset === 0) return foldsBack(one, other);
      if (isClosed && index === 0 && index + 1 + offset === last) return foldsBack(other, one);
      return meet(one, other);
    }),
  );
}

/** The part of the segment that lies in the picture, undefined where none does (Liang and Barsky). */
export function cutSegment(segment: Segment, { width, height }: Size): Segment | undefined {
  const [start, end] = segment;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  let [from, to] = [0, 1];
  // Each border as [how fast the way goes out over it, how far inside of it the start lies].
  for (const [speed, room] of [[-dx, start.x], [dx, width - start.x], [-dy, start.y], [dy, height - start.y]] as const) {
    if (speed === 0 && room < 0) return undefined;
    if (speed < 0) from = Math.max(from, room / speed);
    if (speed > 0) to = Math.min(to, room / speed);
  }
  return from > to ? undefined : [from === 0 ? start : along(segment, from), to === 1 ? end : along(segment, to)];
}
