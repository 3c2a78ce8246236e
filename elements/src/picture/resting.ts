/**
 * The layer of the shapes that nobody is at. While the view moves, what is painted already moves with it and a new painting
 * is made behind it, a few shapes in each frame, so that a frame costs the same however many shapes there are.
 */
import type { Size } from './geometry.ts';
import { restingSteps } from './painter.ts';
import { isCurrent } from './resting-list.ts';
import { clear } from './sheet.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Viewport } from './viewport.ts';

/** What is to be seen. */
export type Resting<S extends Shape> = {
  readonly shapes: readonly S[];
  /** The ids of those that are painted in front, one of which may be on the move. */
  readonly active: ReadonlySet<number>;
  readonly moving: number | undefined;
  /** Changes with the labels and their colours. */
  readonly look: number;
  readonly view: Viewport;
  readonly screen: Size;
};

type Sheet = { readonly context: CanvasRenderingContext2D; readonly element: HTMLCanvasElement };

type Painting<S extends Shape> = Pick<Resting<S>, 'shapes' | 'look' | 'view' | 'screen'> & { readonly density: number };

const sameView = (a: Viewport, b: Viewport): boolean => a.scale === b.scale && a.x === b.x && a.y === b.y;

export class RestingLayer<S extends Shape> {
  /** The sheet that is seen, and the one that is painted behind it. */
  private sheets: [Sheet, Sheet] | undefined;
  private seen: Painting<S> | undefined;
  private next: { readonly painting: Painting<S>; readonly steps: Iterator<void> } | undefined;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly colorOf: (label: string) => string,
  ) {}

  attach(elements: readonly [HTMLCanvasElement, HTMLCanvasElement]): void {
    const sheetOf = (element: HTMLCanvasElement): Sheet => ({ element, context: element.getContext('2d') as CanvasRenderingContext2D });
    this.sheets = [sheetOf(elements[0]), sheetOf(elements[1])];
  }

  /** One frame; true where another one has to follow. */
  paint(wanted: Resting<S>): boolean {
    if (!this.isSeen(wanted)) {
      this.begin(wanted);
      while (!this.step());
    } else if (this.seen && !sameView(this.seen.view, wanted.view)) {
      if (!this.next) this.begin(wanted);
      this.step();
    } else this.next = undefined;
    this.move(wanted.view);
    return this.seen !== undefined && !sameView(this.seen.view, wanted.view);
  }

  /** Is what is painted, wherever it is seen, what is wanted? */
  private isSeen({ shapes, active, moving, look, screen }: Resting<S>): boolean {
    const { seen } = this;
    if (seen?.look !== look || seen.density !== window.devicePixelRatio) return false;
    const isSameSize = seen.screen.width === screen.width && seen.screen.height === screen.height;
    return isSameSize && isCurrent(seen.shapes, shapes, active, moving);
  }

  private begin({ shapes, active, look, view, screen }: Resting<S>): void {
    const sheet = this.sheets?.[1];
    if (!sheet) return;
    const painting = { shapes: shapes.filter(({ id }) => !active.has(id)), look, view, screen, density: window.devicePixelRatio };
    clear(sheet.context, screen);
    this.next = { painting, steps: restingSteps(sheet.context, this.kind, painting.shapes, view, screen, this.colorOf) };
  }

  /** Paints some more; true when it is complete and seen. */
  private step(): boolean {
    if (!this.next || !this.sheets) return true;
    if (!this.next.steps.next().done) return false;
    this.sheets.reverse();
    for (const [index, { element }] of this.sheets.entries()) element.style.visibility = index === 0 ? '' : 'hidden';
    this.seen = this.next.painting;
    this.next = undefined;
    return true;
  }

  /** Lays the painting where its view has gone since. */
  private move(view: Viewport): void {
    if (!this.sheets || !this.seen) return;
    const { view: from } = this.seen;
    const scale = view.scale / from.scale;
    const transform = `translate(${view.x - from.x * scale}px, ${view.y - from.y * scale}px) scale(${scale})`;
    this.sheets[0].element.style.transform = sameView(view, from) ? '' : transform;
  }
}
