/** Lines and marks on a canvas that stand out on any picture. */
import type { Point } from '../../base/geometry.ts';

const HANDLE = 8;
/** How much larger a handle is that keys move. */
const CHOSEN = 1.5;

/** Below the coloured line lies a dark one, so that a shape is seen on a picture of the same colour. */
export const RIM = 'rgb(10 12 16 / 55%)';
/** By so much the dark line is wider than the coloured one. */
export const RIM_WIDTH = 1.5;

/** How wide the line is of a shape that is so long on screen: where shapes are small, wide lines would cover what they are about. */
export const lineWidth = (length: number): number => (length < 12 ? 1 : length < 28 ? 1.5 : 2);

export function line(context: CanvasRenderingContext2D, width: number, color: string, path: Path2D): void {
  context.lineJoin = 'round';
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke(path);
}

export function fill(context: CanvasRenderingContext2D, color: string, path: Path2D): void {
  context.fillStyle = color;
  context.fill(path);
}

export function dot(context: CanvasRenderingContext2D, { x, y }: Point, size: number): void {
  context.lineWidth = 1;
  context.strokeStyle = '#14171c';
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(x, y, size / 2, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

export function square(context: CanvasRenderingContext2D, { x, y }: Point, isChosen: boolean, color: string, usual = HANDLE): void {
  const size = isChosen ? usual * CHOSEN : usual;
  context.lineWidth = usual < HANDLE ? 1 : 1.5;
  context.strokeStyle = '#14171c';
  context.fillStyle = isChosen ? color : '#ffffff';
  context.beginPath();
  context.rect(x - size / 2, y - size / 2, size, size);
  context.fill();
  context.stroke();
}
