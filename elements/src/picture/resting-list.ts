/** Whether a painting of shapes can stay as it is. Knows no DOM. */
import type { Shape } from './shapes/shape.ts';

/**
 * Do the shapes painted show all of `shapes` that are not active? One that is active is painted again in front, so it may be
 * among them, unless it is on the move.
 */
export function isCurrent<S extends Shape>(painted: readonly S[], shapes: readonly S[], active: ReadonlySet<number>, moving: number | undefined): boolean {
  let at = 0;
  for (const shape of shapes) {
    if (painted[at] === shape) {
      if (shape.id === moving) return false;
      at += 1;
    } else if (!active.has(shape.id)) return false;
  }
  return at === painted.length;
}
