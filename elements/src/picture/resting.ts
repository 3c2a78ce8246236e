/**
 * The layer of the shapes that nobody is at. While the view moves, what is painted already moves with it and a new painting
 * is made behind it, a few shapes in each frame, so that a frame costs the same however many shapes there are. Where a few of
 * many shapes change, they are patched into what is seen until that new painting is complete.
 */
import { overlap, type Rect, type Size } from './geometry.ts';
import { restingSteps } from './painter.ts';
import { changesOf } from './resting-list.ts';
import { clear } from './sheet.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { rectToScreen, type Viewport } from './viewport.ts';

/** So many shapes are patched; with more, all of them are painted at once. */
const FEW = 40;
/** How far the tag of a shape may reach beyond it, in screen pixels. */
const TAG_ROOM = { x: 60, y: 22 };

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

const grown = ({ left, top, width, height }: Rect, x: number, y: number): Rect => ({ left: left - x, top: top - y, width: width + 2 * x, height: height + 2 * y });

const sameView = (a: Viewport, b: Viewport): boolean => a.scale === b.scale && a.x === b.x && a.y === b.y;

export class RestingLayer<S extends Shape> {
  /** The sheet that is seen, and the one that is painted behind it. */
  private sheets: [Sheet, Sheet] | undefined;
  private seen: Painting<S> | undefined;
  /** What is seen holds all shapes, but not every tag where it would be. */
  private isPatched = false;
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
    if (!this.seen || !this.isFor(this.seen, wanted)) this.paintAll(wanted);
    else {
      const { gone, come } = changesOf(this.seen.shapes, wanted.shapes, wanted.active, wanted.moving);
      if (gone.length + come.length > 0) this.change(wanted, this.seen, gone, come);
      else if (!this.isDone(wanted)) this.goOn(wanted);
      else this.next = undefined;
    }
    this.move(wanted.view);
    return !this.isDone(wanted);
  }

  /** Are they painted with these labels on a sheet of this size? */
  private isFor(painting: Painting<S>, { look, screen }: Resting<S>): boolean {
    const { width, height } = painting.screen;
    return painting.look === look && painting.density === window.devicePixelRatio && width === screen.width && height === screen.height;
  }

  /** Is what is seen complete, and where it belongs? */
  private isDone({ view }: Resting<S>): boolean {
    return this.seen === undefined || (!this.isPatched && sameView(this.seen.view, view));
  }

  private paintAll(wanted: Resting<S>): void {
    this.begin(wanted);
    while (!this.step());
  }

  private goOn(wanted: Resting<S>): void {
    if (!this.next) this.begin(wanted);
    this.step();
  }

  /** Shows some other shapes at once; where all of them are too many for that, by a patch. */
  private change(wanted: Resting<S>, seen: Painting<S>, gone: readonly S[], come: readonly S[]): void {
    this.begin(wanted);
    if (this.step()) return;
    if (gone.length + come.length > FEW) {
      while (!this.step());
      return;
    }
    const painted = new Set([...seen.shapes, ...come]);
    for (const shape of gone) painted.delete(shape);
    this.seen = { ...seen, shapes: wanted.shapes.filter((shape) => painted.has(shape)) };
    this.isPatched = true;
    this.patch(this.seen, [...gone, ...come]);
  }

  /** Paints the places of these shapes anew. */
  private patch({ shapes, view, screen }: Painting<S>, changed: readonly S[]): void {
    const context = this.sheets?.[0].context;
    if (!context) return;
    const { geometry, figure } = this.kind;
    const place = (shape: S, x: number, y: number): Rect => grown(rectToScreen(view, geometry.bounds(shape)), x + figure.margin, y + figure.margin);
    const places = changed.map((shape) => place(shape, TAG_ROOM.x, TAG_ROOM.y));
    const path = new Path2D();
    for (const { left, top, width, height } of places) path.rect(left, top, width, height);
    context.save();
    context.clip(path);
    context.clearRect(0, 0, screen.width, screen.height);
    const near = shapes.filter((shape) => places.some((dirty) => overlap(dirty, place(shape, 0, TAG_ROOM.y))));
    for (const _ of restingSteps(context, this.kind, near, view, screen, this.colorOf));
    context.restore();
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
    this.isPatched = false;
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
