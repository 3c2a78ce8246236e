/** Labelled rectangles. Knows no DOM. */
import { area, between, contains, cutRect, moveRect, sameRect, snap, snapRect, withSide, type Point, type Rect, type Size } from '../../base/geometry.ts';
import { boxStand, sidesAt, type Grip } from './handle-places.ts';
import type { Geometry, Handle, Shape } from './shape.ts';

export type Box = Shape & Rect;

/** Compass directions, which name the sides that follow the pointer, with their words and the cursor that says so. */
const HANDLES: Record<string, readonly [string, string]> = {
  nw: ['top left corner', 'nwse'],
  n: ['top side', 'ns'],
  ne: ['top right corner', 'nesw'],
  e: ['right side', 'ew'],
  se: ['bottom right corner', 'nwse'],
  s: ['bottom side', 'ns'],
  sw: ['bottom left corner', 'nesw'],
  w: ['left side', 'ew'],
};

const along = (start: number, length: number, before: boolean, after: boolean): number =>
  before ? start : after ? start + length : start + length / 2;

function handle(box: Rect, name: string): Handle {
  const [words, cursor] = HANDLES[name] as readonly [string, string];
  const x = along(box.left, box.width, name.includes('w'), name.includes('e'));
  const y = along(box.top, box.height, name.includes('n'), name.includes('s'));
  return { name, words, point: { x, y }, cursor: `${cursor}-resize` };
}

/** Its handles as they are seen: those of a small box stand outside of it. */
function grips(box: Rect, scale: number): Grip[] {
  const { away, size } = boxStand(box, scale);
  const around = { left: box.left - away, top: box.top - away, width: box.width + 2 * away, height: box.height + 2 * away };
  return Object.keys(HANDLES).map((name) => ({ handle: handle(box, name), at: handle(around, name).point, size }));
}

/** A corner, or anywhere along a side. The inside of a small box stays free. */
function handleAt(box: Rect, point: Point, reach: number, scale: number): Handle | undefined {
  const name = sidesAt(box, point, reach, scale);
  return name ? handle(box, name) : undefined;
}

/** The rectangle after its handle was dragged to the point; dragging past the opposite side turns it over. */
function resize(rect: Rect, name: string, point: Point, picture: Size): Rect {
  const { left, top, width, height } = snapRect(rect, picture);
  const to = snap(point, picture);
  const start = { x: name.includes('w') ? left + width : left, y: name.includes('n') ? top + height : top };
  const end = {
    x: /[we]/.test(name) ? to.x : left + width,
    y: /[ns]/.test(name) ? to.y : top + height,
  };
  return snapRect(between(start, end), picture);
}

/** The box made larger or smaller at its right and its bottom. */
export const growBox = (box: Box, dx: number, dy: number, picture: Size): Box => ({
  ...box,
  ...snapRect({ ...box, width: Math.max(box.width + dx, 1), height: Math.max(box.height + dy, 1) }, picture),
});

/** A box in the middle of what is on screen, a quarter as wide and as high. */
export function boxInMiddle(seen: Rect, picture: Size): Rect {
  const { left, top, width, height } = snapRect(seen, picture);
  return snapRect({ left: left + (width * 3) / 8, top: top + (height * 3) / 8, width: width / 4, height: height / 4 }, picture);
}

export const BOX: Geometry<Box> = {
  outside: 'with no area in the picture',
  same: (a, b) => a.label === b.label && sameRect(a, b),
  bounds: (box) => box,
  within(box, picture) {
    const rect = cutRect(box, picture);
    return rect === box || rect === undefined ? rect && box : { ...box, ...rect };
  },
  contains: (box, point, reach) => contains(box, point, reach / 2),
  rank: area,
  handleNoun: 'corner or side',
  handles: (box) => Object.keys(HANDLES).map((name) => handle(box, name)),
  grips,
  handleAt,
  moveHandle: (box, { name }, to, picture) => ({ ...box, ...resize(box, name, to, picture) }),
  move: (box, dx, dy, picture) => ({ ...box, ...moveRect(box, dx, dy, picture) }),
  moveSide: (box, side, by, picture) => ({ ...box, ...withSide(snapRect(box, picture), side, by, picture, 1) }),
};
