/** How new shapes come from a pointer or from keys. Knows no DOM. */
import { withArticle } from '../../base/article.ts';
import { distance, type Point, type Rect, type Size } from '../../base/geometry.ts';
import type { Gesture, Press } from '../pointing/gestures.ts';
import type { Place, Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';

export interface Drawing<S extends Shape> {
  /** What makes a shape, in a word: "drag", "click". */
  readonly press: string;
  /** A click draws, so that a press on a shape must select it. */
  readonly byClick: boolean;
  /** Other ways to draw by clicks, of which the worker chooses one (`Shapes.way`), in a few words each. */
  readonly ways?: readonly string[];
  /** What that does, and what the key for a new shape does, in words. */
  readonly effect: string;
  readonly insertion: string;
  /** The gesture that begins with this press; where it draws nothing it ends with `clicked`. */
  begin(press: Press, shapes: Shapes<S>, picture: Size, clicked: () => void): Gesture;
  /** Begins a shape that takes several clicks with this one, which hit no shape or was made with Shift. */
  click?(press: Press, shapes: Shapes<S>, picture: Size): void;
  /** Draws without a pointer: in the middle of what is on screen. */
  insert(seen: Rect, shapes: Shapes<S>, picture: Size): void;
  /** Goes on with one that a draft left unfinished. */
  resume?(vertices: readonly Point[], shapes: Shapes<S>): void;
}

export type StrokeRule<S extends Shape> = {
  readonly singular: string;
  readonly byClick: boolean;
  place(from: Point, to: Point, picture: Size): Place<S>;
  middle(seen: Rect, picture: Size): Place<S>;
  /** Is it meant? What is smaller on screen than a shaky click is not. */
  isMeant?(shape: S, smallest: number): boolean;
};

/** Draws a shape from where the pointer goes down to where it comes up. */
export class Stroke<S extends Shape> implements Drawing<S> {
  readonly press;
  readonly byClick;
  readonly effect: string;
  readonly insertion;

  constructor(protected readonly rule: StrokeRule<S>) {
    this.byClick = rule.byClick;
    this.press = rule.byClick ? 'click' : 'drag';
    this.effect = `Draw: every ${this.press} makes ${withArticle(rule.singular)}`;
    this.insertion = `Add ${withArticle(rule.singular)} in the middle`;
  }

  begin(press: Press, shapes: Shapes<S>, picture: Size, clicked: () => void): Gesture {
    const id = shapes.newId();
    const before = shapes.selectedItems.map(({ id: selected }) => selected);
    const draw = (to: Point): void => {
      const { active: label } = shapes.labels;
      if (label === '') return;
      shapes.select(undefined);
      shapes.show({ id, label, ...this.rule.place(press.point, to, picture) } as S);
    };
    // Nothing was drawn: who was at a shape is at it still.
    const goBack = (): void => {
      shapes.show(undefined);
      if (!before.every((selected) => shapes.isSelected(selected))) shapes.selectSeveral(before);
      shapes.notify();
    };
    if (this.byClick) draw(press.point);
    return {
      move(to) {
        if (shapes.preview || distance(press.point, to) >= press.slop) draw(to);
      },
      end: () => {
        const { preview } = shapes;
        if (preview && !(this.rule.isMeant?.(preview, Math.max(press.slop, 1)) ?? true)) return goBack();
        shapes.show(undefined);
        if (preview) shapes.add(preview);
        else clicked();
      },
      cancel: goBack,
    };
  }

  insert(seen: Rect, shapes: Shapes<S>, picture: Size): void {
    const { active: label } = shapes.labels;
    if (label !== '') shapes.add({ id: shapes.newId(), label, ...this.rule.middle(seen, picture) } as S);
  }
}
