/** Points and rectangles in pixels of the picture, origin at its top left. Knows no DOM. */

export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };
export type Rect = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The rectangle between two opposite corners, in any order. */
export const between = (a: Point, b: Point): Rect => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

/** Does the rectangle, grown by `margin`, hold the point? */
export const contains = (rect: Rect, point: Point, margin = 0): boolean =>
  point.x >= rect.left - margin &&
  point.x <= rect.left + rect.width + margin &&
  point.y >= rect.top - margin &&
  point.y <= rect.top + rect.height + margin;

export const overlap = (a: Rect, b: Rect): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** The rectangle with so much more on every side. */
export const grown = ({ left, top, width, height }: Rect, by: number): Rect => ({
  left: left - by,
  top: top - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** The smallest rectangle around some, of which there is one at least. */
export function enclosing(rects: readonly Rect[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    left = Math.min(left, rect.left);
    top = Math.min(top, rect.top);
    right = Math.max(right, rect.left + rect.width);
    bottom = Math.max(bottom, rect.top + rect.height);
  }
  return { left, top, width: right - left, height: bottom - top };
}

export const area = (rect: Rect): number => rect.width * rect.height;

export const centre = (rect: Rect): Point => ({ x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 });

/** The nearest corner of a pixel that lies in the picture. */
export const snap = (point: Point, picture: Size): Point => ({
  x: clamp(Math.round(point.x), 0, picture.width),
  y: clamp(Math.round(point.y), 0, picture.height),
});

/** The rectangle with whole-number sides, cut to the picture; never thinner than one pixel. */
export function snapRect(rect: Rect, picture: Size): Rect {
  const start = snap({ x: rect.left, y: rect.top }, { width: picture.width - 1, height: picture.height - 1 });
  const end = snap({ x: rect.left + rect.width, y: rect.top + rect.height }, picture);
  return { left: start.x, top: start.y, width: Math.max(1, end.x - start.x), height: Math.max(1, end.y - start.y) };
}

/** The whole pixels of the rectangle that lie in the picture; itself where that is all of them, undefined where it is none. */
export function cutRect(rect: Rect, picture: Size): Rect | undefined {
  const [left, top, width, height] = [rect.left, rect.top, rect.width, rect.height].map(Math.round) as [number, number, number, number];
  const start = { x: Math.max(left, 0), y: Math.max(top, 0) };
  const end = { x: Math.min(left + width, picture.width), y: Math.min(top + height, picture.height) };
  const cut = { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y };
  if (cut.width < 1 || cut.height < 1) return undefined;
  return sameRect(cut, { left, top, width, height }) ? rect : cut;
}

/** The rectangle moved by whole pixels and kept, whole, inside the picture. */
export function moveRect(rect: Rect, dx: number, dy: number, picture: Size): Rect {
  const snapped = snapRect(rect, picture);
  return {
    ...snapped,
    left: clamp(Math.round(snapped.left + dx), 0, picture.width - snapped.width),
    top: clamp(Math.round(snapped.top + dy), 0, picture.height - snapped.height),
  };
}

/** A side of a rectangle. */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** The rectangle with one side moved to the right or down; it stays in the picture, and `least` before the opposite side. */
export function withSide({ left, top, width, height }: Rect, side: Side, by: number, picture: Size, least: number): Rect {
  const [right, bottom] = [left + width, top + height];
  const moved = { left, top, right, bottom };
  moved[side] += by;
  const start = { x: clamp(moved.left, 0, right - least), y: clamp(moved.top, 0, bottom - least) };
  const end = { x: clamp(moved.right, left + least, picture.width), y: clamp(moved.bottom, top + least, picture.height) };
  return between(start, end);
}

export const sameRect = (a: Rect, b: Rect): boolean =>
  a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
