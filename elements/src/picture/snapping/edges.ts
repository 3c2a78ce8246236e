/** Finds the edges of what is seen on a picture, in the few pixels about a pointer. Knows no DOM. */
import type { Point } from '../../base/geometry.ts';

/** Pixels of a picture, four bytes each: a part of it, and where that lies. */
export type Pixels = { readonly left: number; readonly top: number; readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };

/** Steps in brightness below this, of 255, are noise. */
const FAINTEST = 6;
/** Edges are seldom sharp: so many pixels on either side are taken together. */
const SOFT = 2;

/** How far about the point pixels are needed: along an edge a few more than across tell it from noise. */
export const marginOf = (reach: number): number => Math.max(Math.ceil(reach), 4) + SOFT;

const brightness = (data: Uint8ClampedArray, at: number): number => 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);

/** The mean brightness of the columns from `from` to `to` (its end), or of the rows, over the pixels from `start` to `end` across. */
function profile({ left, top, width, data }: Pixels, isColumns: boolean, from: number, to: number, start: number, end: number): number[] {
  const means: number[] = [];
  for (let along = from; along < to; along++) {
    let sum = 0;
    for (let across = start; across < end; across++) {
      const [x, y] = isColumns ? [along, across] : [across, along];
      sum += brightness(data, ((y - top) * width + x - left) * 4);
    }
    means.push(sum / Math.max(end - start, 1));
  }
  return means;
}

/** The place between two pixels, no further than `reach`, where brightness changes most; undefined where it hardly does. */
function strongest(means: readonly number[], from: number, place: number, reach: number): number | undefined {
  let best: { at: number; strength: number } | undefined;
  for (let at = Math.ceil(place - reach); at <= place + reach; at++) {
    const middle = at - from;
    if (middle < 1 || middle >= means.length) continue;
    const side = (start: number, end: number): number => {
      const some = means.slice(Math.max(start, 0), end);
      return some.reduce((sum, mean) => sum + mean, 0) / some.length;
    };
    const strength = Math.abs(side(middle, middle + SOFT) - side(middle - SOFT, middle));
    const isNearer = best !== undefined && Math.abs(at - place) < Math.abs(best.at - place);
    if (strength >= FAINTEST && (!best || strength > best.strength || (strength === best.strength && isNearer))) best = { at, strength };
  }
  return best?.at;
}

/** The point with each of its coordinates upon the strongest edge within reach; as it was where there is none. */
export function snapToEdges(pixels: Pixels, { x, y }: Point, reach: number): Point {
  const { left, top, width, height } = pixels;
  const margin = marginOf(reach);
  const [startX, endX] = [Math.max(left, Math.floor(x - margin)), Math.min(left + width, Math.ceil(x + margin))];
  const [startY, endY] = [Math.max(top, Math.floor(y - margin)), Math.min(top + height, Math.ceil(y + margin))];
  if (endX <= startX || endY <= startY) return { x, y };
  return {
    x: strongest(profile(pixels, true, startX, endX, startY, endY), startX, x, reach) ?? x,
    y: strongest(profile(pixels, false, startY, endY, startX, endX), startY, y, reach) ?? y,
  };
}
