/** Which shape a label is for that is chosen at a place of the picture. */
import type { Point } from '../../base/geometry.ts';
import { aimWords, type Aim, type Aiming, type Asking } from '../../tool/aiming.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';
import type { Surface } from '../surface.ts';

export class ShapeAiming<S extends Shape> implements Aiming {
  readonly gestures = ['Right click', 'Long press'];

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly surface: Surface<S>,
  ) {}

  at(place: Point | undefined, asking: Asking): Aim | undefined {
    const { shapes, surface } = this;
    if (!surface.picture) return undefined;
    surface.pointer?.cancel();
    const { singular } = this.kind.noun;
    if (shapes.unfinished) return { place: place ?? this.middle, words: aimWords(singular, true) };
    if (asking === 'key') shapes.aimLabel();
    else this.selectAt(place);
    const { selected } = shapes;
    return { place: place ?? (selected ? this.placeOf(selected) : this.middle), words: aimWords(singular, selected !== undefined) };
  }

  /** Who points at a shape means that one, else the one that they work on. */
  private selectAt(place: Point | undefined): void {
    const under = place && this.surface.shapeAt(place);
    if (under === undefined || under === this.shapes.selected?.id) return;
    this.shapes.select(under);
    this.shapes.notify();
  }

  private placeOf(shape: S): Point {
    return this.surface.windowPlaceOf(this.kind.geometry.bounds(shape));
  }

  private get middle(): Point {
    const { left, top, width, height } = this.surface.seen;
    return this.surface.windowPlaceOf({ left: left + width / 2, top: top + height / 3, width: 0, height: 0 });
  }
}
