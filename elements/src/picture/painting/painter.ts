/** Paints the shapes that nobody is at: their lines, and tags where there is room. */
import { grown, type Rect, type Size } from '../../base/geometry.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Figure } from '../shapes/figure.ts';
import { fill, line, lineWidth, RIM, RIM_WIDTH } from './strokes.ts';
import type { RestingTags } from './resting-tags.ts';
import { tagsOf } from '../tags/tag.ts';
import { TagLayout } from '../tags/tag-layout.ts';
import type { TagTexts } from '../tags/tag-texts.ts';
import { rectToScreen, type Viewport } from '../view/viewport.ts';

/** What labels look like: their colours, and what tags say of them. */
export type Legend = { readonly texts: TagTexts; colorOf(label: string): string };

const isOnScreen = ({ left, top, width, height }: Rect, screen: Size, margin: number): boolean =>
  left <= screen.width + margin && top <= screen.height + margin && left + width >= -margin && top + height >= -margin;

/** What is painted in one frame while the view moves, counted in vertices; a tag costs as much as so many. */
const STEP = 1600;
const TAG_WEIGHT = 10;
/** So many vertices share a stroke: the cost of one grows faster than its length. */
const STROKE = 600;
/** How much is seen of a tag that covers a small shape. */
const FAINT = 0.35;

type Seen<S extends Shape> = { readonly shape: S; readonly width: number };

/**
 * Paints shapes step by step: those of one colour with one stroke, and tags. Those in `omitted` are painted in front and have a tag
 * here too, so that the others keep their places while somebody is at one: it is taken out afterwards.
 */
export function* restingSteps<S extends Shape>(
  context: CanvasRenderingContext2D,
  kind: ShapeKind<S>,
  shapes: readonly S[],
  omitted: ReadonlySet<number>,
  view: Viewport,
  screen: Size,
  legend: Legend,
  tags: RestingTags,
): Generator<void, void> {
  const { figure } = kind;
  const layout = new TagLayout(screen);
  const seen = seenOf(kind, shapes, view, screen, (bounds) => layout.keepClear(bounds));
  let spent = 0;
  const painted = seen.filter(({ shape }) => !omitted.has(shape.id));
  for (const some of portions(painted, ({ shape }) => figure.weight(shape), STROKE)) {
    paintOutlines(context, figure, some.items, view, legend);
    spent += some.weight;
    if (spent < STEP) continue;
    spent = 0;
    yield;
  }
  const density = context.getTransform().a;
  for (const { shape } of seen) {
    const candidates = tagsOf(shape, legend, density);
    const placed = layout.place(figure.tagPlace(shape, view), candidates.map(({ width }) => width));
    const tag = placed && candidates[placed.index];
    if (tag) tags.put(shape.id, tag, placed.rect, placed.isFaint ? FAINT : 1);
    spent += TAG_WEIGHT;
    if (spent < STEP) continue;
    spent = 0;
    yield;
  }
}

/** Paints only the lines of these shapes. */
export function paintLines<S extends Shape>(context: CanvasRenderingContext2D, kind: ShapeKind<S>, shapes: readonly S[], view: Viewport, screen: Size, legend: Legend): void {
  for (const { items } of portions(seenOf(kind, shapes, view, screen), ({ shape }) => kind.figure.weight(shape), STROKE)) {
    paintOutlines(context, kind.figure, items, view, legend);
  }
}

/** Those of the shapes that are on screen, each with the width of its line. */
function seenOf<S extends Shape>({ figure, geometry }: ShapeKind<S>, shapes: readonly S[], view: Viewport, screen: Size, note?: (bounds: Rect) => void): Seen<S>[] {
  const seen: Seen<S>[] = [];
  for (const shape of shapes) {
    const bounds = rectToScreen(view, geometry.bounds(shape));
    if (!isOnScreen(bounds, screen, figure.margin)) continue;
    note?.(figure.inside === 'disc' ? grown(bounds, figure.margin - 2) : bounds);
    seen.push({ shape, width: lineWidth(figure.inside === 'disc' ? Infinity : Math.max(bounds.width, bounds.height)) });
  }
  return seen;
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

/** First all dark lines, so that none lies over a coloured one. */
function paintOutlines<S extends Shape>(context: CanvasRenderingContext2D, figure: Figure<S>, some: readonly Seen<S>[], view: Viewport, legend: Legend): void {
  const rims = new Map<number, Path2D>();
  const lines = new Map<string, { color: string; width: number; path: Path2D }>();
  for (const { shape, width } of some) {
    const color = legend.colorOf(shape.label);
    const key = `${width} ${color}`;
    let found = lines.get(key);
    if (found === undefined) lines.set(key, (found = { color, width, path: new Path2D() }));
    figure.outline(found.path, shape, view, { outset: width / 2, isUnfinished: false });
  }
  for (const { width, path } of lines.values()) {
    let rim = rims.get(width);
    if (rim === undefined) rims.set(width, (rim = new Path2D()));
    rim.addPath(path);
  }
  for (const [width, path] of rims) line(context, width + RIM_WIDTH, RIM, path);
  for (const { color, width, path } of lines.values()) {
    if (figure.inside === 'disc') fill(context, color, path);
    line(context, width, color, path);
  }
  if (figure.details) for (const { shape } of some) figure.details(context, shape, view, (label) => legend.colorOf(label));
}
