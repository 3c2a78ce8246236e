/** How new shapes come from a pointer. Knows no DOM. */
import type { Annotations } from '../tool/annotations.ts';
import { distance, type Point, type Size } from './geometry.ts';
import type { Gesture, Press } from './gestures.ts';
import type { Place, Shape } from './shapes/shape.ts';

export interface Drawing<S extends Shape> {
  /** A click draws, so that a press on a shape must select it. */
  readonly byClick: boolean;
  /** The gesture that begins with this press; where it draws nothing it ends with `clicked`. */
  begin(press: Press, shapes: Annotations<S>, picture: Size, clicked: () => void): Gesture;
}

/** Draws a shape from where the pointer goes down to where it comes up. */
export class Stroke<S extends Shape> implements Drawing<S> {
  constructor(
    readonly byClick: boolean,
    private readonly place: (from: Point, to: Point, picture: Size) => Place<S>,
    /** Is it meant? What is smaller on screen than a shaky click is not. */
    private readonly isMeant: (shape: S, smallest: number) => boolean = () => true,
  ) {}

  begin(press: Press, shapes: Annotations<S>, picture: Size, clicked: () => void): Gesture {
    const id = shapes.newId();
    const draw = (to: Point): void => {
      const { active: label } = shapes.labels;
      if (label === '') return;
      shapes.select(undefined);
      shapes.show({ id, label, ...this.place(press.point, to, picture) } as S);
    };
    if (this.byClick) draw(press.point);
    return {
      move(to) {
        if (shapes.preview || distance(press.point, to) >= press.slop) draw(to);
      },
      end: () => {
        const { preview } = shapes;
        shapes.show(undefined);
        if (!preview) clicked();
        else if (this.isMeant(preview, Math.max(press.slop, 1))) shapes.add(preview);
      },
      cancel: () => shapes.show(undefined),
    };
  }
}
