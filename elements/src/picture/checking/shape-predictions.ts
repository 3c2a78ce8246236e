/** The shapes that a template gives, as what is checked one by one. */
import type { Rect } from '../../base/geometry.ts';
import { byDoubt } from './doubt.ts';
import type { RememberedMode } from '../remembered-mode.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';
import type { Predictions } from './verifying.ts';

export function shapePredictions<S extends Shape>({ noun, geometry }: ShapeKind<S>, shapes: Shapes<S>, mode: RememberedMode<S>): Predictions {
  return {
    verification: shapes.verification,
    noun,
    get isReady() {
      return shapes.initial !== undefined && shapes.count > 0;
    },
    get origin() {
      return shapes.start;
    },
    get moment() {
      return shapes.history.present;
    },
    get isUndone() {
      return shapes.history.isUndone;
    },
    order: () => byDoubt(shapes.start.map((shape) => ({ id: shape.id, score: shape.score, bounds: geometry.bounds(shape) }))),
    get all() {
      return shapes.history.present;
    },
    get shown() {
      return shapes.visible;
    },
    idsOf: (list) => new Set((list as readonly S[]).map(({ id }) => id)),
    get hidesSome() {
      return shapes.hiddenCount > 0;
    },
    changedSince(moment) {
      const before = new Set(moment as readonly S[]);
      return shapes.history.present.filter((shape) => !before.has(shape)).map(({ id }) => id);
    },
    get selected() {
      return shapes.selected?.id;
    },
    select(id) {
      shapes.select(id);
      shapes.notify();
    },
    boundsOf(id): Rect | undefined {
      const shape = shapes.items.find((item) => item.id === id);
      return shape && geometry.bounds(shape);
    },
    removeSelected: () => shapes.removeSelected(),
    pick() {
      // A few clicks are quickly made again.
      if (shapes.unfinished?.isPath === false) shapes.abandon();
      mode.lend('select');
    },
    draw: () => mode.takeBack('draw'),
    get isUnfinished() {
      return shapes.unfinished?.isPath === true;
    },
    get isBusy() {
      return shapes.unfinished !== undefined;
    },
    listen: (listener) => shapes.listen(listener),
  };
}
