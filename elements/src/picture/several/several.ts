/** Work on several shapes at once: how a pointer selects them, and how they move together. Knows no DOM. */
import { between, contains, distance, enclosing, type Point, type Rect, type Size } from '../../base/geometry.ts';
import type { Gesture, Gestures, Hover, Press, Spot } from '../pointing/gestures.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Geometry, Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';

const lies = (inner: Rect, outer: Rect): boolean =>
  contains(outer, { x: inner.left, y: inner.top }) && contains(outer, { x: inner.left + inner.width, y: inner.top + inner.height });

/** The rectangle around shapes. */
export const around = <S extends Shape>(geometry: Geometry<S>, shapes: readonly S[]): Rect => enclosing(shapes.map((shape) => geometry.bounds(shape)));

/** The shapes moved as one: as far as the picture lets the first of them that meets its edge. */
export function together<S extends Shape>(geometry: Geometry<S>, shapes: readonly S[], dx: number, dy: number, picture: Size): S[] {
  let [byX, byY] = [Math.round(dx), Math.round(dy)];
  for (const shape of shapes) {
    const [from, to] = [geometry.bounds(shape), geometry.bounds(geometry.move(shape, byX, byY, picture))];
    const [x, y] = [Math.round(to.left - from.left), Math.round(to.top - from.top)];
    if (Math.abs(x) < Math.abs(byX)) byX = x;
    if (Math.abs(y) < Math.abs(byY)) byY = y;
  }
  return shapes.map((shape) => geometry.move(shape, byX, byY, picture));
}

export class Several<S extends Shape> {
  private readonly geometry: Geometry<S>;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly gestures: Gestures<S>,
  ) {
    this.geometry = kind.geometry;
  }

  /** The gesture that begins with this press, where it is one of several shapes; undefined where it is one of one. */
  press(press: Press, picture: Size): Gesture | undefined {
    const { shapes } = this;
    if (shapes.unfinished) return undefined;
    if (press.force) return this.pressWithShift(press, picture);
    const under = this.selectedUnder(press);
    return under && this.move(under, press, picture);
  }

  hover(at: Spot): Hover | undefined {
    const under = this.shapes.unfinished ? undefined : this.selectedUnder(at);
    return under && { id: under.id, cursor: 'move' };
  }

  /** Selects all that is on screen and not locked. */
  selectAll(): void {
    const { shapes } = this;
    shapes.selectSeveral(shapes.reachable.map(({ id }) => id));
    shapes.notify();
  }

  /** Moves what is selected by so many pixels. */
  nudge(dx: number, dy: number, picture: Size): void {
    this.shapes.replaceAll(together(this.geometry, this.movable, dx, dy, picture), 'move');
  }

  private get movable(): S[] {
    return this.shapes.selectedItems.filter(({ id }) => !this.shapes.marks.isLocked(id));
  }

  private selectedUnder(at: Spot): S | undefined {
    const { shapes, gestures } = this;
    // While strokes draw they do so everywhere, unless Ctrl or Alt says otherwise.
    const isFree = shapes.mode === 'draw' && !this.kind.drawing.byClick && !at.moves;
    return shapes.isSeveral && !isFree ? this.movable.find((shape) => gestures.isUnder(shape, at)) : undefined;
  }

  /** While somebody draws, or adds what is missing to what they check one by one, Shift draws; else a click with it selects. */
  private pressWithShift(press: Press, picture: Size): Gesture | undefined {
    const { shapes, gestures } = this;
    if (shapes.mode === 'draw' || shapes.verification.phase === 'each') return undefined;
    const [under] = gestures.under(press);
    if (!under) return this.band(press);
    return onceMoved(press, () => gestures.press(press, picture), () => shapes.toggleSelected(under.id));
  }

  /** Draws a rectangle, and selects what lies in it beside what is selected. */
  private band(press: Press): Gesture {
    const { shapes } = this;
    return {
      move: (to) => {
        if (shapes.band || distance(press.point, to) >= press.slop) shapes.showBand(between(press.point, to));
      },
      end: () => {
        const { band } = shapes;
        shapes.showBand(undefined);
        if (band) this.selectIn(band);
      },
      cancel: () => shapes.showBand(undefined),
    };
  }

  private selectIn(band: Rect): void {
    const { shapes } = this;
    const ids = shapes.selectedItems.map(({ id }) => id);
    const inside = shapes.reachable.filter((shape) => lies(this.geometry.bounds(shape), band)).map(({ id }) => id);
    shapes.selectSeveral([...new Set([...ids, ...inside])]);
    shapes.notify();
  }

  private move(under: S, press: Press, picture: Size): Gesture {
    const { shapes } = this;
    const all = this.movable;
    return {
      move: (to) => {
        if (!shapes.group && distance(press.point, to) < press.slop) return;
        shapes.showGroup(together(this.geometry, all, to.x - press.point.x, to.y - press.point.y, picture));
      },
      end: () => {
        const { group } = shapes;
        shapes.showGroup(undefined);
        if (group) return shapes.replaceAll(group);
        shapes.select(under.id);
        shapes.notify();
      },
      cancel: () => shapes.showGroup(undefined),
    };
  }
}

/** A click, unless the pointer moves: then the gesture that `begin` answers. */
function onceMoved({ point, slop }: Press, begin: () => Gesture | undefined, clicked: () => void): Gesture {
  let begun: Gesture | undefined;
  return {
    move(to: Point) {
      if (distance(point, to) >= slop) begun ??= begin();
      begun?.move(to);
    },
    end: () => (begun ? begun.end() : clicked()),
    cancel: () => begun?.cancel(),
  };
}
