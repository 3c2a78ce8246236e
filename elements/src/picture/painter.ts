/** Paints shapes on a canvas: lines that stand out on any picture, tags, handles. */
import type { Point, Rect, Size } from './geometry.ts';
import type { Look, ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Figure, TagPlace } from './shapes/figure.ts';
import { paintTag, tagsOf, type Tag } from './tag.ts';
import { TagLayout, tagRect } from './tag-layout.ts';
import { rectToScreen, toScreen, type Viewport } from './viewport.ts';

const HANDLE = 8;
const CHOSEN_HANDLE = 12;
/** Edges shorter than this on screen have no handle in their middle: it would lie upon their ends. */
const LONG_ENOUGH = 28;

/** Below the coloured line lies a dark one, so that a shape is seen on a picture of the same colour. */
export const RIM = 'rgb(10 12 16 / 55%)';

const isOnScreen = ({ left, top, width, height }: Rect, screen: Size, margin: number): boolean =>
  left <= screen.width + margin && top <= screen.height + margin && left + width >= -margin && top + height >= -margin;

/** What is painted in one frame while the view moves, counted in vertices; a tag costs as much as so many. */
const STEP = 1600;
const TAG_WEIGHT = 8;
/** So many vertices share a stroke: the cost of one grows faster than its length. */
const STROKE = 600;

/** Paints shapes that nobody is at, step by step: those of one colour with one stroke, and tags where there is room. */
export function* restingSteps<S extends Shape>(
  context: CanvasRenderingContext2D,
  { figure, geometry }: ShapeKind<S>,
  shapes: readonly S[],
  view: Viewport,
  screen: Size,
  colorOf: (label: string) => string,
): Generator<void, void> {
  const layout = new TagLayout(screen);
  const seen = shapes.filter((shape) => {
    const bounds = rectToScreen(view, geometry.bounds(shape));
    if (!isOnScreen(bounds, screen, figure.margin)) return false;
    layout.keepClear(bounds);
    return true;
  });
  let spent = 0;
  for (const some of portions(seen, (shape) => figure.weight(shape), STROKE)) {
    paintOutlines(context, figure, some.items, view, colorOf);
    spent += some.weight;
    if (spent < STEP) continue;
    spent = 0;
    yield;
  }
  const density = context.getTransform().a;
  for (const shape of seen) {
    paintFirst(context, tagsOf(shape, colorOf(shape.label), density), figure.tagPlace(shape, view), layout);
    spent += TAG_WEIGHT;
    if (spent < STEP) continue;
    spent = 0;
    yield;
  }
}

/** The items in portions that are about this heavy. */
function* portions<T>(items: readonly T[], weigh: (item: T) => number, enough: number): Generator<{ items: readonly T[]; weight: number }> {
  let [start, weight] = [0, 0];
  for (const [index, item] of items.entries()) {
    weight += weigh(item);
    if (weight < enough && index < items.length - 1) continue;
    yield { items: items.slice(start, index + 1), weight };
    [start, weight] = [index + 1, 0];
  }
}

function paintOutlines<S extends Shape>(
  context: CanvasRenderingContext2D,
  figure: Figure<S>,
  shapes: readonly S[],
  view: Viewport,
  colorOf: (label: string) => string,
): void {
  const all = new Path2D();
  const byColor = new Map<string, Path2D>();
  for (const shape of shapes) {
    const color = colorOf(shape.label);
    let path = byColor.get(color);
    if (path === undefined) byColor.set(color, (path = new Path2D()));
    figure.outline(path, shape, view, false);
  }
  for (const path of byColor.values()) all.addPath(path);
  line(context, 3.5, RIM, all);
  for (const [color, path] of byColor) {
    if (figure.inside === 'disc') fill(context, color, path);
    line(context, 2, color, path);
  }
  if (figure.details) for (const shape of shapes) figure.details(context, shape, view, colorOf);
}

function paintFirst(context: CanvasRenderingContext2D, tags: readonly Tag[], place: TagPlace, layout: TagLayout): void {
  const placed = layout.place(place, tags.map(({ width }) => width));
  const tag = placed && tags[placed.index];
  if (tag) paintTag(context, tag, placed.rect);
}

/** Paints a shape that somebody is at, with its whole tag. */
export function paintActive<S extends Shape>(
  context: CanvasRenderingContext2D,
  { figure, geometry }: ShapeKind<S>,
  shape: S,
  view: Viewport,
  screen: Size,
  look: Look,
  colorOf: (label: string) => string,
): void {
  const path = new Path2D();
  figure.outline(path, shape, view, look.isUnfinished);
  if (figure.inside === 'disc') fill(context, look.selected ? '#ffffff' : look.color, path);
  if (figure.inside === 'area' && look.selected) fill(context, look.color, path, 0.08);
  line(context, 4.5, RIM, path);
  line(context, 3, look.color, path);
  figure.details?.(context, shape, view, colorOf);
  const [tag] = tagsOf(shape, look.color, context.getTransform().a);
  if (tag) paintTag(context, tag, tagRect(figure.tagPlace(shape, view), tag.width, screen));
  if (!look.selected || look.isLocked || (look.inMotion && !look.isUnfinished)) return;
  if (!look.isUnfinished) {
    for (const { point } of geometry.edgeHandles?.(shape, LONG_ENOUGH / view.scale) ?? []) dot(context, toScreen(view, point));
  }
  for (const { name, point } of geometry.handles(shape)) square(context, toScreen(view, point), name === look.chosenHandle, look.color);
}

function fill(context: CanvasRenderingContext2D, color: string, path: Path2D, opacity = 1): void {
  context.globalAlpha = opacity;
  context.fillStyle = color;
  context.fill(path);
  context.globalAlpha = 1;
}

export function line(context: CanvasRenderingContext2D, width: number, color: string, path: Path2D): void {
  context.lineJoin = 'round';
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke(path);
}

function dot(context: CanvasRenderingContext2D, { x, y }: Point): void {
  context.lineWidth = 1;
  context.strokeStyle = '#14171c';
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

export function square(context: CanvasRenderingContext2D, { x, y }: Point, isChosen: boolean, color: string): void {
  const size = isChosen ? CHOSEN_HANDLE : HANDLE;
  context.lineWidth = 1.5;
  context.strokeStyle = '#14171c';
  context.fillStyle = isChosen ? color : '#ffffff';
  context.beginPath();
  context.rect(x - size / 2, y - size / 2, size, size);
  context.fill();
  context.stroke();
}
