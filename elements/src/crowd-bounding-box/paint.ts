/** Draws a box: an outline that stands out on any picture, a tag, and handles on the selected one. */
import { rectToScreen, type Viewport } from '../annotation/model/viewport.ts';
import { percentage, shortLabel } from '../annotation/model/labels.ts';
import type { Look } from '../annotation/shape-kind.ts';
import { paintTag } from '../annotation/tag.ts';
import { handlePoints, type Box } from './box.ts';

const HANDLE = 8;

function paintHandles(context: CanvasRenderingContext2D, rect: { left: number; top: number; width: number; height: number }): void {
  context.lineWidth = 1.5;
  context.strokeStyle = '#14171c';
  context.fillStyle = '#ffffff';
  for (const { x, y } of handlePoints(rect)) {
    context.beginPath();
    context.rect(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE);
    context.fill();
    context.stroke();
  }
}

export function paintBox(context: CanvasRenderingContext2D, box: Box, view: Viewport, { color, selected, hovered, inMotion }: Look): void {
  const rect = rectToScreen(view, box);
  const { left, top, width, height } = rect;
  const { canvas } = context;
  if (left > canvas.width || top > canvas.height || left + width < 0 || top + height < 0) return;
  if (selected) {
    context.globalAlpha = 0.08;
    context.fillStyle = color;
    context.fillRect(left, top, width, height);
    context.globalAlpha = 1;
  }
  // A dark line below the coloured one keeps the box visible on a picture of the same colour.
  const thickness = selected || hovered ? 3 : 2;
  context.lineWidth = thickness + 1.5;
  context.strokeStyle = 'rgb(10 12 16 / 55%)';
  context.strokeRect(left, top, width, height);
  context.lineWidth = thickness;
  context.strokeStyle = color;
  context.strokeRect(left, top, width, height);
  const score = box.score === undefined ? '' : ` ${percentage(box.score)}`;
  const [texts, room] = selected || hovered ? [[box.label + score], Infinity] : [[shortLabel(box.label) + score, shortLabel(box.label)], width];
  paintTag(context, texts, color, left + width / 2, top, room);
  if (selected && !inMotion) paintHandles(context, rect);
}
