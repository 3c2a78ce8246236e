/** A small map of the picture in a corner of the screen: when it is of use, how large it is, what it shows, where it is in nobody's way. Knows no DOM. */
import { clamp, type Point, type Rect, type Size } from '../../base/geometry.ts';
import { rectToScreen, toPicture, type Viewport } from './viewport.ts';

/** In the order in which they are tried. */
const CORNERS = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const;

export type Corner = (typeof CORNERS)[number];

/** Its largest size, in screen pixels, and as a part of the screen. */
const LARGEST: Size = { width: 176, height: 132 };
const SHARE = 0.25;
/** Where the screen is smaller than this, the map would take what the picture needs. */
const LEAST_SCREEN: Size = { width: 480, height: 260 };
/** Between the map and the edges of the screen. */
const MARGIN = 12;
/** A line of this many pixels stays of what is seen, however small a part that is. */
const LEAST_FRAME = 4;
/** The length of the short side of a picture that is very long. */
const LEAST_SIDE = 16;

/** Is there room for a map, and a part of the picture that is not seen? */
export function isOfUse(view: Viewport, picture: Size, screen: Size): boolean {
  if (screen.width < LEAST_SCREEN.width || screen.height < LEAST_SCREEN.height) return false;
  const shown = rectToScreen(view, { left: 0, top: 0, ...picture });
  const isCut = (start: number, length: number, space: number): boolean => start < -1 || start + length > space + 1;
  return isCut(shown.left, shown.width, screen.width) || isCut(shown.top, shown.height, screen.height);
}

export function mapSize(picture: Size, screen: Size): Size {
  const width = Math.min(LARGEST.width, screen.width * SHARE);
  const height = Math.min(LARGEST.height, screen.height * SHARE * 1.5);
  const scale = Math.min(width / picture.width, height / picture.height);
  return { width: Math.max(LEAST_SIDE, Math.round(picture.width * scale)), height: Math.max(LEAST_SIDE, Math.round(picture.height * scale)) };
}

/** What of the map is on screen. */
export function frameOn(map: Size, view: Viewport, picture: Size, screen: Size): Rect {
  const start = toPicture(view, { x: 0, y: 0 });
  const end = toPicture(view, { x: screen.width, y: screen.height });
  const side = (from: number, to: number, whole: number, length: number): readonly [number, number] => {
    const [low, high] = [clamp(from / whole, 0, 1) * length, clamp(to / whole, 0, 1) * length];
    const size = Math.max(high - low, Math.min(LEAST_FRAME, length));
    return [clamp((low + high - size) / 2, 0, length - size), size];
  };
  const [left, width] = side(start.x, end.x, picture.width, map.width);
  const [top, height] = side(start.y, end.y, picture.height, map.height);
  return { left, top, width, height };
}

/** The point of the picture that a point of the map stands for. */
export const fromMap = (map: Size, point: Point, picture: Size): Point => ({
  x: (point.x / map.width) * picture.width,
  y: (point.y / map.height) * picture.height,
});

/** Where the map lies on screen. */
export function placeOf(corner: Corner, map: Size, screen: Size): Rect {
  return {
    left: corner.endsWith('left') ? MARGIN : screen.width - MARGIN - map.width,
    top: corner.startsWith('top') ? MARGIN : screen.height - MARGIN - map.height,
    ...map,
  };
}

/** The corner where the map is clear of what somebody is at: the one where it is, if that is so, else the first; where none is, it stays. */
export function freeCorner(present: Corner, map: Size, screen: Size, busy: Rect): Corner {
  const isFree = (corner: Corner): boolean => !overlap(placeOf(corner, map, screen), busy);
  return isFree(present) ? present : (CORNERS.find(isFree) ?? present);
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.left <= b.left + b.width && b.left <= a.left + a.width && a.top <= b.top + b.height && b.top <= a.top + a.height;
