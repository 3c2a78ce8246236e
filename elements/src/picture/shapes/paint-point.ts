/** Draws a point: a disc about the pixel that it names, and a tag. */
import { toScreen, type Viewport } from '../viewport.ts';
import type { Look } from '../shape-kind.ts';
import { paintLabel, paintLine } from './paint.ts';
import { middleOf, type Keypoint } from './point.ts';

const RADIUS = 5;
/** A tag may be this wide while nobody is at the point: many points stand close together. */
const ROOM = 72;

export function paintPoint(context: CanvasRenderingContext2D, point: Keypoint, view: Viewport, look: Look): void {
  const { x, y } = toScreen(view, middleOf(point));
  const { canvas } = context;
  if (x < -RADIUS || y < -RADIUS || x > canvas.width + RADIUS || y > canvas.height + RADIUS) return;
  context.beginPath();
  context.arc(x, y, RADIUS, 0, 2 * Math.PI);
  context.fillStyle = look.selected ? '#ffffff' : look.color;
  context.fill();
  paintLine(context, look, () => context.stroke());
  paintLabel(context, point, look, { x, y: y - RADIUS }, ROOM);
}
