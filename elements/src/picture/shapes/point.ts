/**
 * Labelled points. Each names a pixel, from 0 to one less than the picture has, and is seen and found in the middle of it.
 * Knows no DOM.
 */
import { clamp, contains, distance, type Point, type Size } from '../../base/geometry.ts';
import type { Geometry, Shape } from './shape.ts';

export type Keypoint = Shape & Point;

const last = (size: number): number => Math.max(size - 1, 0);

/** The nearest pixel. */
const nearest = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: clamp(Math.round(x), 0, last(width)),
  y: clamp(Math.round(y), 0, last(height)),
});

/** Where in the picture a pixel is seen. */
export const middleOf = ({ x, y }: Point): Point => ({ x: x + 0.5, y: y + 0.5 });

/** The pixel that holds this place of the picture. */
export const pixelAt = ({ x, y }: Point, picture: Size): Point => nearest({ x: Math.floor(x), y: Math.floor(y) }, picture);

export const POINT: Geometry<Keypoint> = {
  outside: 'outside the picture',
  same: (a, b) => a.label === b.label && a.x === b.x && a.y === b.y,
  bounds: ({ x, y }) => ({ left: x, top: y, width: 0, height: 0 }),
  /** Nothing of a point can be cut; on the picture's far edge it belongs to the last pixel. */
  within(point, picture) {
    if (!contains({ left: 0, top: 0, ...picture }, point)) return undefined;
    return point.x <= last(picture.width) && point.y <= last(picture.height) ? point : { ...point, ...nearest(point, picture) };
  },
  contains: (point, place, reach) => distance(middleOf(point), place) <= reach,
  rank: (point, place) => distance(middleOf(point), place),
  handles: () => [],
  grips: () => [],
  handleAt: () => undefined,
  moveHandle: (point) => point,
  move: (point, dx, dy, picture) => ({ ...point, ...nearest({ x: point.x + dx, y: point.y + dy }, picture) }),
};
