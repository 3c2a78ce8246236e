/** A canvas over the picture: of the size of the screen at the display's density, and cleared before it is painted. */
import type { Size } from '../../base/geometry.ts';

/** A light line with a dark rim is seen on any picture: width and colour of each stroke. */
export const GUIDE = [
  [2.5, 'rgb(0 0 0 / 25%)'],
  [1, 'rgb(255 255 255 / 80%)'],
] as const;

/** Empties the canvas and makes it as large as the screen; from then on lengths are in screen pixels. */
export function clear(context: CanvasRenderingContext2D, screen: Size): void {
  const density = window.devicePixelRatio || 1;
  const width = Math.round(screen.width * density);
  const height = Math.round(screen.height * density);
  if (context.canvas.width !== width || context.canvas.height !== height) {
    context.canvas.width = width;
    context.canvas.height = height;
  }
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, screen.width, screen.height);
}
