/** Whether a painting of shapes can stay as it is, and what has to be painted anew where it cannot. Knows no DOM. */
import type { Shape } from '../shapes/shape.ts';

/** What a painting shows that is not to be seen any more, and what it lacks. */
export type Changes<S extends Shape> = { readonly gone: readonly S[]; readonly come: readonly S[] };

/**
 * From the shapes painted to all of `shapes` that are not active. One that is active is painted again in front, so it may be
 * among them, unless it is on the move.
 */
export function changesOf<S extends Shape>(painted: readonly S[], shapes: readonly S[], active: ReadonlySet<number>, moving: number | undefined): Changes<S> {
  const gone: S[] = [];
  const come: S[] = [];
  // Most often they are the same one after the other; only where they part is it worth while to look one up.
  let sets: { readonly painted: ReadonlySet<S>; readonly shapes: ReadonlySet<S> } | undefined;
  let at = 0;
  for (const shape of shapes) {
    while (at < painted.length && painted[at] !== shape) {
      sets ??= { painted: new Set(painted), shapes: new Set(shapes) };
      if (sets.shapes.has(painted[at] as S)) break;
      gone.push(painted[at] as S);
      at += 1;
    }
    if (painted[at] === shape) {
      if (shape.id === moving) gone.push(shape);
      at += 1;
    } else if (!sets?.painted.has(shape) && !active.has(shape.id)) come.push(shape);
  }
  return { gone: [...gone, ...painted.slice(at)], come };
}
