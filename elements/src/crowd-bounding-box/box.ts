/** The geometry of a labelled box: its handles, what lies under a point, resizing. Knows no DOM. */
import type { Shape } from '../annotation/model/annotations.ts';
import { area, between, contains, snap, snapRect, type Point, type Rect, type Size } from '../annotation/model/geometry.ts';

export type Box = Shape & Rect;

/** A compass direction: which sides of the box follow the pointer. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

const HANDLES: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

const along = (start: number, length: number, before: boolean, after: boolean): number =>
  before ? start : after ? start + length : start + length / 2;

/** Where a handle sits. */
export const handlePoint = (box: Rect, handle: Handle): Point => ({
  x: along(box.left, box.width, handle.includes('w'), handle.includes('e')),
  y: along(box.top, box.height, handle.includes('n'), handle.includes('s')),
});

export const handlePoints = (box: Rect): Point[] => HANDLES.map((handle) => handlePoint(box, handle));

/** The handle within reach of the point: a corner, or anywhere along a side. The inside of a small box stays free. */
export function handleAt(box: Rect, point: Point, reach: number): Handle | undefined {
  if (!contains(box, point, reach)) return undefined;
  const side = (position: number, start: number, length: number, before: string, after: string): string => {
    const inner = Math.min(reach, length / 4);
    if (position <= start + inner) return before;
    return position >= start + length - inner ? after : '';
  };
  const handle = side(point.y, box.top, box.height, 'n', 's') + side(point.x, box.left, box.width, 'w', 'e');
  return handle === '' ? undefined : (handle as Handle);
}

export const cursorFor = (handle: Handle): string =>
  ({ n: 'ns', s: 'ns', e: 'ew', w: 'ew', nw: 'nwse', se: 'nwse', ne: 'nesw', sw: 'nesw' })[handle] + '-resize';

/** The boxes under a point, the smallest first. */
export const boxesAt = (boxes: readonly Box[], point: Point, reach: number): Box[] =>
  boxes.filter((box) => contains(box, point, reach)).sort((a, b) => area(a) - area(b));

/** The rectangle after its handle was dragged to the point; dragging past the opposite side turns it over. */
export function resize(rect: Rect, handle: Handle, point: Point, picture: Size): Rect {
  const { left, top, width, height } = snapRect(rect, picture);
  const to = snap(point, picture);
  const start = { x: handle.includes('w') ? left + width : left, y: handle.includes('n') ? top + height : top };
  const end = {
    x: /[we]/.test(handle) ? to.x : left + width,
    y: /[ns]/.test(handle) ? to.y : top + height,
  };
  return snapRect(between(start, end), picture);
}

/** The box as an answer gives it: whole numbers, keys in alphabetical order. Numbers that nobody touched stay as they came. */
export const written = ({ height, label, left, top, width }: Box): { [key: string]: number | string } => ({
  height: Math.round(height),
  label,
  left: Math.round(left),
  top: Math.round(top),
  width: Math.round(width),
});
