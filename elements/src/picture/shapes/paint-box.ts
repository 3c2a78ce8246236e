/** Draws a box: its outline, a tag, and handles on the selected one. */
import { rectToScreen, toScreen, type Viewport } from '../viewport.ts';
import type { Look } from '../shape-kind.ts';
import { BOX, type Box } from './box.ts';
import { paintHandles, paintLabel, paintLine } from './paint.ts';

export function paintBox(context: CanvasRenderingContext2D, box: Box, view: Viewport, look: Look): void {
  const { left, top, width, height } = rectToScreen(view, box);
  const { canvas } = context;
  if (left > canvas.width || top > canvas.height || left + width < 0 || top + height < 0) return;
  if (look.selected) {
    context.globalAlpha = 0.08;
    context.fillStyle = look.color;
    context.fillRect(left, top, width, height);
    context.globalAlpha = 1;
  }
  paintLine(context, look, () => context.strokeRect(left, top, width, height));
  paintLabel(context, box, look, { x: left + width / 2, y: top }, width);
  if (look.selected && !look.inMotion) paintHandles(context, BOX.handles(box).map(({ point }) => toScreen(view, point)));
}
