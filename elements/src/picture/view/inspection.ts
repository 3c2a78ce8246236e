/**
 * The view in which a part of the picture can be judged. It moves no more than that needs: whoever looks at hundreds of shapes a day
 * should not get seasick. Knows no DOM.
 */
import { centre, clamp, type Rect, type Size } from '../../base/geometry.ts';
import { fit, focus, pan, rectToScreen, toScreen, type Viewport } from './viewport.ts';

/** What is looked at takes this share of the screen, where it is not large enough as it is. */
const SHARE = 0.35;
/** Larger than this, in screen pixels, it can be judged as it is; on a small screen, from this share of it. */
const LARGE = 96;
const LARGE_SHARE = 0.25;
/** Pixels that are larger than this are no picture any more. */
const LARGEST_PIXEL = 16;
/** So much of the screen's edge, in its pixels, is no place to look at; less than what a fitted picture leaves. */
const EDGE = 12;
/** A point needs something around it: this part of the picture's longer side. */
const AROUND = 1 / 12;

/** `view` itself where `rect` is on screen and large enough. */
export function inspect(view: Viewport, rect: Rect, picture: Size, screen: Size): Viewport {
  const wanted = rect.width === 0 && rect.height === 0 ? around(rect, picture) : rect;
  const isLarge = (scale: number): boolean =>
    Math.max(wanted.width, wanted.height) * scale >= Math.min(LARGE, LARGE_SHARE * Math.min(screen.width, screen.height));
  const fits = (scale: number): boolean => rect.width * scale + 2 * EDGE <= screen.width && rect.height * scale + 2 * EDGE <= screen.height;
  const whole = fit(picture, screen).scale;
  const scale = clamp(focus(wanted, SHARE, picture, screen).scale, whole, Math.max(whole, LARGEST_PIXEL));
  const isEnough = fits(view.scale) && (isLarge(view.scale) || view.scale >= scale);
  if (isEnough && isWithin(rectToScreen(view, rect), screen)) return view;
  return about(rect, isEnough ? view.scale : scale, picture, screen);
}

const around = (rect: Rect, picture: Size): Rect => {
  const side = Math.max(picture.width, picture.height) * AROUND;
  return { left: rect.left - side / 2, top: rect.top - side / 2, width: side, height: side };
};

const isWithin = ({ left, top, width, height }: Rect, screen: Size): boolean =>
  left >= EDGE && top >= EDGE && left + width <= screen.width - EDGE && top + height <= screen.height - EDGE;

/** With the rectangle in the middle; the whole picture stays where it is when it fits. */
function about(rect: Rect, scale: number, picture: Size, screen: Size): Viewport {
  const whole = fit(picture, screen);
  if (scale <= whole.scale) return whole;
  const middle = toScreen({ scale, x: 0, y: 0 }, centre(rect));
  return pan({ scale, x: screen.width / 2 - middle.x, y: screen.height / 2 - middle.y }, 0, 0, picture, screen);
}
