/** Draws what is in front of a mask: the ring of the brush, the cursor of the keyboard, the polygon being drawn. */
import type { Point, Size } from '../base/geometry.ts';
import { line, RIM, square } from '../picture/painting/strokes.ts';
import { clear, GUIDE } from '../picture/painting/sheet.ts';
import { toScreen, type Viewport } from '../picture/view/viewport.ts';
import { settle } from './spans.ts';

export type Front = {
  readonly view: Viewport;
  readonly screen: Size;
  readonly cursor: Point | undefined;
  /** The diameter of the brush, where there is one. */
  readonly diameter: number | undefined;
  /** The keyboard moves the cursor, so that no pointer shows where it is. */
  readonly hasKeyboard: boolean;
  readonly outline: readonly Point[];
  /** How it is drawn: corner by corner, as a line around something, or as one across it. */
  readonly drawnAs: 'polygon' | 'lasso' | 'line';
  readonly color: string;
};

/** Half the length of the keyboard's cross, in screen pixels. */
const ARM = 10;
/** An outline of more corners shows its ends only. */
const MOST_MARKED = 40;

export function drawFront(context: CanvasRenderingContext2D, front: Front): void {
  const { view, cursor, outline } = front;
  clear(context, front.screen);
  if (outline.length > 0) drawOutline(context, front);
  if (!cursor) return;
  const { x, y } = toScreen(view, front.diameter === undefined ? cursor : settle(cursor, front.diameter));
  const radius = ((front.diameter ?? 0) / 2) * view.scale;
  guided(context, () => {
    if (front.diameter !== undefined) context.arc(x, y, Math.max(radius, 1.5), 0, 2 * Math.PI);
    if (!front.hasKeyboard) return;
    context.moveTo(x - ARM, y);
    context.lineTo(x + ARM, y);
    context.moveTo(x, y - ARM);
    context.lineTo(x, y + ARM);
  });
}

function drawOutline(context: CanvasRenderingContext2D, { view, outline, drawnAs, cursor, color }: Front): void {
  const corners = outline.map((corner) => toScreen(view, corner));
  const path = new Path2D();
  for (const { x, y } of cursor ? [...corners, toScreen(view, cursor)] : corners) path.lineTo(x, y);
  if (drawnAs === 'lasso') path.closePath();
  line(context, 4, RIM, path);
  line(context, 2, color, path);
  if (drawnAs !== 'polygon') return;
  // A freely drawn outline has hundreds of corners; only its ends are of use.
  const marked = corners.length > MOST_MARKED ? [corners[0], corners.at(-1)] : corners;
  for (const corner of marked) if (corner) square(context, corner, false, color);
}

function guided(context: CanvasRenderingContext2D, path: () => void): void {
  for (const [width, style] of GUIDE) {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.beginPath();
    path();
    context.stroke();
  }
}
