/**
 * Where the whole label of a shape stands that somebody is at: beside the shape and its handles, on screen, away from what else is
 * at work. Lengths are in screen pixels. Knows no DOM.
 */
import { clamp, grown, type Point, type Rect, type Size } from '../../base/geometry.ts';
import type { TagPlace } from '../shapes/figure.ts';

const GAP = 3;

const shared = (start: number, length: number, other: number, otherLength: number): number =>
  Math.max(0, Math.min(start + length, other + otherLength) - Math.max(start, other));

const covered = (rect: Rect, other: Rect): number =>
  shared(rect.left, rect.width, other.left, other.width) * shared(rect.top, rect.height, other.top, other.height);

/**
 * The place of a label of this size: above the shape, else below it, to the right or to the left, whichever is on screen whole and
 * covers nothing; where there is none, as on a shape that fills the screen, the place that covers least. `overhang` is how far
 * handles and lines reach beyond the shape.
 */
export function labelRect(place: TagPlace, { width, height }: Size, screen: Size, overhang: number, taken: readonly Rect[] = []): Rect {
  const around = grown(place.bounds, overhang + GAP);
  const [right, bottom] = [around.left + around.width, around.top + around.height];
  const candidates: Point[] = [
    { x: place.above - width / 2, y: around.top - height },
    { x: place.below - width / 2, y: bottom },
    { x: right, y: place.right - height / 2 },
    { x: around.left - width, y: place.left - height / 2 },
  ];
  const avoided = [around, ...taken];
  let [best, least]: [Rect | undefined, number] = [undefined, Infinity];
  for (const { x, y } of candidates) {
    const rect = { left: Math.round(clamp(x, 0, screen.width - width)), top: Math.round(clamp(y, 0, screen.height - height)), width, height };
    const cost = avoided.reduce((sum, other) => sum + covered(rect, other), 0);
    // Rounding makes slivers.
    if (cost < least - width) [best, least] = [rect, cost];
  }
  return best as Rect;
}
