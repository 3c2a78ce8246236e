/** Which part of the picture is on screen, and how large: `screen = picture * scale + (x, y)`. Knows no DOM. */
import { centre, clamp, type Point, type Rect, type Size } from '../../base/geometry.ts';

export type Viewport = { readonly scale: number; readonly x: number; readonly y: number };

/** Empty space around a picture that is fitted to the screen, in screen pixels. */
const MARGIN = 16;
/** A picture pixel never grows beyond this many screen pixels. */
const MAX_SCALE = 40;
/** At least this much of the picture stays on screen, in screen pixels. */
const KEEP = 64;

export const toScreen = (view: Viewport, point: Point): Point => ({ x: point.x * view.scale + view.x, y: point.y * view.scale + view.y });

export const toPicture = (view: Viewport, point: Point): Point => ({ x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale });

/** The rectangle of the screen that shows `rect` of the picture. */
export const rectToScreen = (view: Viewport, rect: Rect): Rect => ({
  left: rect.left * view.scale + view.x,
  top: rect.top * view.scale + view.y,
  width: rect.width * view.scale,
  height: rect.height * view.scale,
});

/** The whole picture, as large as it fits, in the middle; small pictures are enlarged. */
export function fit(picture: Size, screen: Size): Viewport {
  const width = Math.max(screen.width - 2 * MARGIN, 1);
  const height = Math.max(screen.height - 2 * MARGIN, 1);
  const scale = clamp(Math.min(width / picture.width, height / picture.height), 0, MAX_SCALE);
  return { scale, x: (screen.width - picture.width * scale) / 2, y: (screen.height - picture.height * scale) / 2 };
}

/** Pixels of the picture at their real size, about its middle. */
export const natural = (picture: Size, screen: Size): Viewport => lookAt({ scale: 1, x: 0, y: 0 }, centre({ left: 0, top: 0, ...picture }), picture, screen);

/** Moves the picture, which never leaves the screen entirely. */
export function pan(view: Viewport, dx: number, dy: number, picture: Size, screen: Size): Viewport {
  return {
    scale: view.scale,
    x: clamp(view.x + dx, KEEP - picture.width * view.scale, screen.width - KEEP),
    y: clamp(view.y + dy, KEEP - picture.height * view.scale, screen.height - KEEP),
  };
}

/** Multiplies the size by `factor` while the picture's point under `anchor` (on screen) stays where it is. */
export function zoom(view: Viewport, factor: number, anchor: Point, picture: Size, screen: Size): Viewport {
  const smallest = Math.min(fit(picture, screen).scale / 2, 1);
  const scale = clamp(view.scale * factor, smallest, MAX_SCALE);
  const held = toPicture(view, anchor);
  return pan({ scale, x: anchor.x - held.x * scale, y: anchor.y - held.y * scale }, 0, 0, picture, screen);
}

/** Moves the picture just so far that `rect` of it is on screen; `view` itself when it is already. */
export function reveal(view: Viewport, rect: Rect, picture: Size, screen: Size): Viewport {
  const shown = rectToScreen(view, rect);
  const shift = (start: number, length: number, space: number): number => {
    const [low, high] = length + 2 * MARGIN > space ? [space / 2 - length / 2, space / 2 - length / 2] : [MARGIN, space - MARGIN - length];
    return clamp(start, low, high) - start;
  };
  const isOutside = shown.left + shown.width < 0 || shown.top + shown.height < 0 || shown.left > screen.width || shown.top > screen.height;
  const fits = shown.width + 2 * MARGIN <= screen.width && shown.height + 2 * MARGIN <= screen.height;
  if (!fits && !isOutside) return view;
  const dx = shift(shown.left, shown.width, screen.width);
  const dy = shift(shown.top, shown.height, screen.height);
  return dx === 0 && dy === 0 ? view : pan(view, dx, dy, picture, screen);
}

/** Brings a point of the picture to the middle of the screen. */
export function lookAt({ scale }: Viewport, point: Point, picture: Size, screen: Size): Viewport {
  return pan({ scale, x: screen.width / 2 - point.x * scale, y: screen.height / 2 - point.y * scale }, 0, 0, picture, screen);
}

/** The screen has become larger or smaller: what was in its middle stays there. */
export function resized(view: Viewport, before: Size, picture: Size, screen: Size): Viewport {
  return pan(view, (screen.width - before.width) / 2, (screen.height - before.height) / 2, picture, screen);
}

/** Shows `rect` of the picture in the middle of the screen, so large that it takes this share (0..1) of it, and no larger than `most`. */
export function focus(rect: Rect, share: number, picture: Size, screen: Size, most = MAX_SCALE): Viewport {
  const across = (screen.width * share) / Math.max(rect.width, 1);
  const down = (screen.height * share) / Math.max(rect.height, 1);
  const scale = clamp(Math.min(across, down), 0, most);
  return lookAt({ scale, x: 0, y: 0 }, centre(rect), picture, screen);
}
