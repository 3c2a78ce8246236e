/** What shapes of every kind are painted with: lines that stand out on any picture, handles, tags. */
import { percentage, shortLabel } from '../../labels/labels.ts';
import type { Point } from '../geometry.ts';
import type { Look } from '../shape-kind.ts';
import { paintTag } from '../tag.ts';
import type { Shape } from './shape.ts';

const HANDLE = 8;

/** Calls `line` twice: a dark line below the coloured one keeps a shape visible on a picture of the same colour. */
export function paintLine(context: CanvasRenderingContext2D, { color, selected, hovered }: Look, line: () => void): void {
  const thickness = selected || hovered ? 3 : 2;
  context.lineWidth = thickness + 1.5;
  context.strokeStyle = 'rgb(10 12 16 / 55%)';
  line();
  context.lineWidth = thickness;
  context.strokeStyle = color;
  line();
}

/** Small squares at these points of the screen. */
export function paintHandles(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.lineWidth = 1.5;
  context.strokeStyle = '#14171c';
  context.fillStyle = '#ffffff';
  for (const { x, y } of points) {
    context.beginPath();
    context.rect(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE);
    context.fill();
    context.stroke();
  }
}

/** The tag of a shape centred above (x, y): the whole label while somebody is at it, else as much as is no wider than `room`. */
export function paintLabel(context: CanvasRenderingContext2D, { label, score }: Shape, { color, selected, hovered }: Look, at: Point, room: number): void {
  const suffix = score === undefined ? '' : ` ${percentage(score)}`;
  const [texts, width] = selected || hovered ? [[label + suffix], Infinity] : [[shortLabel(label) + suffix, shortLabel(label)], room];
  paintTag(context, texts, color, at.x, at.y, width);
}
