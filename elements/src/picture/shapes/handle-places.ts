/**
 * Where handles stand and how large they are: on the shape where that is large on screen, smaller and outside of it where it is
 * small, so that its pixels stay to be seen. What is painted and what a pointer finds both ask here. Knows no DOM.
 */
import { centre, clamp, distance, type Point, type Rect } from '../../base/geometry.ts';
import type { Handle } from './shape.ts';

/** A handle as it is seen: its middle, in pixels of the picture, and its size on screen. */
export type Grip = {
  readonly handle: Handle;
  readonly at: Point;
  readonly size: number;
  /** It makes another vertex. */
  readonly adds?: boolean;
};

/** How far outside of its shape a handle stands, and how large it is, both in pixels of the screen. */
export type Stand = { readonly away: number; readonly size: number };

/** A shape from this length on has its handles on its outline, one below the second has them wholly outside. In pixels of the screen, as what follows. */
const ROOMY = 48;
const SMALL = 24;
/** How far away they stand from a small shape, and from one of no size: there they still keep apart from each other. */
const BESIDE = 5;
const FARTHEST = 9.5;

const LARGEST = 8;
const SMALLEST = 3.5;
/** Of the way to the next vertex a handle takes this share at most. */
const SHARE = 0.7;

/** The handles of a shape that is so long on screen. */
export function stand(length: number): Stand {
  if (length >= ROOMY) return { away: 0, size: LARGEST };
  const little = clamp((ROOMY - length) / (ROOMY - SMALL), 0, 1);
  const least = clamp((SMALL - length) / SMALL, 0, 1);
  return { away: little * BESIDE + least * (FARTHEST - BESIDE), size: LARGEST - 2 * little - least };
}

/** How far what belongs to a shape of this length reaches beyond it. */
export function overhang(length: number): number {
  const { away, size } = stand(length);
  return away + size / 2;
}

/** The sizes of the handles at these places, each smaller where a neighbour is near; `scale` screen pixels are one of the places. */
export function sizesAmong(places: readonly Point[], scale: number): number[] {
  return places.map((place, index) => {
    const beside = [places.at(index - 1), places[(index + 1) % places.length]].filter((other): other is Point => other !== undefined && other !== place);
    const nearest = Math.min(...beside.map((other) => distance(place, other)));
    return clamp(nearest * scale * SHARE, SMALLEST, LARGEST);
  });
}

/** The grips of vertices: of a small shape they stand away from its middle. */
export function vertexGrips(handles: readonly Handle[], bounds: Rect, scale: number): Grip[] {
  const { away, size } = stand(Math.max(bounds.width, bounds.height) * scale);
  const middle = centre(bounds);
  const places = handles.map(({ point }) => outward(point, middle, away / scale));
  const sizes = sizesAmong(places, scale);
  return handles.map((handle, index) => ({ handle, at: places[index] as Point, size: Math.min(size, sizes[index] as number) }));
}

function outward(point: Point, middle: Point, by: number): Point {
  const way = distance(middle, point);
  if (by === 0 || way === 0) return point;
  return { x: point.x + ((point.x - middle.x) / way) * by, y: point.y + ((point.y - middle.y) / way) * by };
}

const outsideOf = ({ left, top, width, height }: Rect, { x, y }: Point): number =>
  Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));

/** So much of what is near enough on a large shape counts still as near to its outline: nothing of it where handles stand outside. */
const onOutline = (away: number): number => clamp(1 - away / BESIDE, 0, 1);

/** The grip nearest to the point within reach. At a small shape, whose handles stand outside of it, the shape itself may be nearer. */
export function gripAt(grips: readonly Grip[], bounds: Rect, point: Point, reach: number, scale: number): Grip | undefined {
  const { away } = stand(Math.max(bounds.width, bounds.height) * scale);
  const most = Math.min(reach, outsideOf(bounds, point) + reach * onOutline(away));
  let [nearest, shortest]: [Grip | undefined, number] = [undefined, Infinity];
  for (const grip of grips) {
    const way = distance(grip.at, point);
    if (way <= most && way < shortest) [nearest, shortest] = [grip, way];
  }
  return nearest;
}

/** Where a handle goes that was grabbed at `from`, while the pointer is at `to`: it keeps as far beside it as it was, so nothing jumps. */
export const grabbed = ({ point }: Handle, from: Point, to: Point): Point => ({ x: point.x + to.x - from.x, y: point.y + to.y - from.y });

/** How far away from the sides of a box its handles stand, in pixels of the picture, and how large they are on screen. */
export function boxStand({ width, height }: Rect, scale: number): Stand {
  const { away, size } = stand(Math.min(width, height) * scale);
  return { away: away / scale, size };
}

/**
 * The sides of a box near the point, as part of a compass direction; empty inside the box, undefined beyond reach. Of a large box
 * every side can be grabbed along all its length, of a small one what lies between its handles and itself is shared out.
 */
export function sidesAt(box: Rect, { x, y }: Point, reach: number, scale: number): string | undefined {
  const { away } = boxStand(box, scale);
  const side = (position: number, length: number, before: string, after: string): string | undefined => {
    const inner = Math.min(reach, length / 4) * onOutline(away * scale) - Math.min(away, reach) / 2;
    if (position < -away - reach || position > length + away + reach) return undefined;
    if (position <= inner) return before;
    return position >= length - inner ? after : '';
  };
  const [down, across] = [side(y - box.top, box.height, 'n', 's'), side(x - box.left, box.width, 'w', 'e')];
  return down === undefined || across === undefined ? undefined : down + across;
}
