/** For tests in Node: a tool without a screen. */
import type { Point } from '../base/geometry.ts';
import { Fitting } from './fitting.ts';
import { Gestures, type Gesture } from './pointing/gestures.ts';
import { Several } from './several/several.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { Shapes } from './shapes.ts';

export const picture = { width: 200, height: 100 };

/** Somebody with a mouse who works on shapes of this kind; each begins with the first label. */
export class Editor<S extends Shape> {
  readonly shapes: Shapes<S>;
  readonly several: Several<S>;
  private readonly fitting: Fitting<S>;
  private readonly gestures: Gestures<S>;

  constructor(kind: ShapeKind<S>, initial: readonly Omit<S, 'label'>[]) {
    this.fitting = new Fitting(kind.geometry);
    this.shapes = kind.stateFor?.(kind, this.fitting) ?? new Shapes(kind, this.fitting);
    this.gestures = new Gestures(kind.geometry, kind.drawing, this.shapes);
    this.several = new Several(kind, this.shapes, this.gestures);
    this.shapes.labels.names = ['car', 'person'];
    this.shapes.setInitial(initial.map((shape) => ({ ...shape, label: 'car' }) as S));
  }

  press(point: Point, how: { force?: boolean; moves?: boolean } = {}): Gesture | undefined {
    const press = { point, reach: 5, slop: 3, force: false, moves: false, ...how };
    return this.several.press(press, picture) ?? this.gestures.press(press, picture);
  }

  drag(from: Point, to: Point, how: { force?: boolean; moves?: boolean } = {}): void {
    const gesture = this.press(from, how);
    gesture?.move(to);
    gesture?.end();
  }

  click(at: Point): void {
    this.drag(at, at);
  }

  shiftClick(at: Point): void {
    this.drag(at, at, { force: true });
  }

  /** The pointer hovers here, a pixel of the picture for each of the screen; answers its cursor. */
  hover(at: Point): string {
    const { id, cursor } = this.several.hover({ point: at, reach: 5 }) ?? this.gestures.hover(at, 5, picture);
    this.shapes.pointAt(this.shapes.preview ? undefined : id, at);
    return cursor;
  }

  loadPicture(): void {
    this.fitting.setPicture(picture);
    this.shapes.refit();
  }
}
