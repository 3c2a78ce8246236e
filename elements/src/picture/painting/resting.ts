/**
 * The layer of the shapes that nobody is at. While the view moves, what is painted already moves with it and a new painting
 * is made behind it, a few shapes in each frame, so that a frame costs the same however many shapes there are. Where a few of
 * many shapes change, they are patched into what is seen until that new painting is complete.
 */
import { grown, overlap, type Rect, type Size } from '../../base/geometry.ts';
import { paintLines, restingSteps, type Legend } from './painter.ts';
import { changesOf } from './resting-list.ts';
import { RestingTags } from './resting-tags.ts';
import { clear } from './sheet.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import { rectToScreen, type Viewport } from '../view/viewport.ts';

/** So many shapes are patched; with more, all of them are painted at once. */
const FEW = 40;
/** A shape of this length on screen can be judged below some tags. */
const LARGE = 240;

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

type Painting<S extends Shape> = Pick<Resting<S>, 'shapes' | 'look' | 'view' | 'screen'> & { readonly density: number; readonly tags: RestingTags };

const sameView = (a: Viewport, b: Viewport): boolean => a.scale === b.scale && a.x === b.x && a.y === b.y;

export class RestingLayer<S extends Shape> {
  /** The sheet that is seen, and the one that is painted behind it. */
  private sheets: [Sheet, Sheet] | undefined;
  private seen: Painting<S> | undefined;
  /** What is seen holds all shapes, but not every tag. */
  private isPatched = false;
  private next: { readonly painting: Painting<S>; readonly steps: Iterator<void> } | undefined;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly legend: Legend,
  ) {}

  attach(elements: readonly [HTMLCanvasElement, HTMLCanvasElement]): void {
    const sheetOf = (element: HTMLCanvasElement): Sheet => ({ element, context: element.getContext('2d') as CanvasRenderingContext2D });
    this.sheets = [sheetOf(elements[0]), sheetOf(elements[1])];
  }

  /** Whoever is at one shape sees the others faintly. Both sheets, so that nothing flashes when they change places. */
  dim(isDimmed: boolean): void {
    for (const { element } of this.sheets ?? []) element.classList.toggle('dim', isDimmed);
  }

  /** The shapes whose labels stand beside them have no tags, and over the small one that is at work lies none of the others. */
  takeOutTags(ids: ReadonlySet<number>, atWork: S | undefined): void {
    if (!this.seen) return;
    const bounds = atWork && rectToScreen(this.seen.view, this.kind.geometry.bounds(atWork));
    this.seen.tags.takeOut(ids, bounds && Math.max(bounds.width, bounds.height) < LARGE ? bounds : undefined);
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

  /** Paints the places of these shapes anew, without tags of theirs: these come with the next painting, when all have found their places. */
  private patch({ shapes, view, screen, tags }: Painting<S>, changed: readonly S[]): void {
    const context = this.sheets?.[0].context;
    if (!context) return;
    const { geometry, figure } = this.kind;
    const place = (shape: S): Rect => grown(rectToScreen(view, geometry.bounds(shape)), figure.margin);
    const places = changed.flatMap((shape) => [place(shape), tags.rectOf(shape.id)]).filter((rect) => rect !== undefined);
    for (const { id } of changed) tags.remove(id);
    const path = new Path2D();
    for (const { left, top, width, height } of places) path.rect(left, top, width, height);
    context.save();
    context.clip(path);
    context.clearRect(0, 0, screen.width, screen.height);
    const near = shapes.filter((shape) => places.some((dirty) => overlap(dirty, place(shape))));
    paintLines(context, this.kind, near, view, screen, this.legend);
    tags.repaint();
    context.restore();
  }

  private begin({ shapes, active, look, view, screen }: Resting<S>): void {
    const sheet = this.sheets?.[1];
    if (!sheet) return;
    const tags = new RestingTags(sheet.context);
    const painting = { shapes: shapes.filter(({ id }) => !active.has(id)), look, view, screen, tags, density: window.devicePixelRatio };
    clear(sheet.context, screen);
    this.next = { painting, steps: restingSteps(sheet.context, this.kind, shapes, active, view, screen, this.legend, tags) };
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
