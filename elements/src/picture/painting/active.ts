/** Paints a shape that somebody is at: its line, which keeps off its pixels, its handles, and its whole label beside it. */
import type { Rect, Size } from '../../base/geometry.ts';
import type { Look, ShapeKind } from '../shape-kind.ts';
import { overhang, sizesAmong, type Grip } from '../shapes/handle-places.ts';
import type { Shape } from '../shapes/shape.ts';
import { labelRect } from '../tags/label-place.ts';
import { labelTag, paintTag } from '../tags/tag.ts';
import { rectToScreen, toScreen, type Viewport } from '../view/viewport.ts';
import type { Legend } from './painter.ts';
import { dot, line, RIM, RIM_WIDTH, square } from './strokes.ts';

/** Its line is so wide, and narrower where it is small or where single pixels of the picture are looked at. */
const WIDE = 3;
const NARROW = 2;
const LONG = 24;
/** From this scale on single pixels are looked at. */
const CLOSE = 8;

/** Where it is seen. */
type Scene = { readonly view: Viewport; readonly screen: Size };

export function paintActive<S extends Shape>(context: CanvasRenderingContext2D, kind: ShapeKind<S>, shape: S, scene: Scene, look: Look, legend: Legend): void {
  const { figure } = kind;
  const { view } = scene;
  const path = new Path2D();
  figure.outline(path, shape, view, { outset: 0, isUnfinished: look.isUnfinished });
  const bounds = rectToScreen(view, kind.geometry.bounds(shape));
  const width = Math.max(bounds.width, bounds.height) < LONG || view.scale >= CLOSE ? NARROW : WIDE;
  if (figure.inside === 'area' && !look.isUnfinished) outsideLine(context, width, look.color, path, scene.screen);
  else {
    line(context, width + RIM_WIDTH, RIM, path);
    line(context, width, look.color, path);
  }
  figure.details?.(context, shape, view, (label) => legend.colorOf(label));
  if (!look.selected || look.isLocked || (look.inMotion && !look.isUnfinished)) return;
  for (const { handle, at, size, adds } of gripsOf(kind, shape, view.scale, look.isUnfinished)) {
    if (adds) dot(context, toScreen(view, at), size);
    else square(context, toScreen(view, at), handle.name === look.chosenHandle, look.color, size);
  }
}

/** Handles of what is being drawn lie where its vertices will be. */
function gripsOf<S extends Shape>({ geometry }: ShapeKind<S>, shape: S, scale: number, isUnfinished: boolean): readonly Grip[] {
  if (!isUnfinished) return geometry.grips(shape, scale);
  const handles = geometry.handles(shape);
  const sizes = sizesAmong(handles.map(({ point }) => point), scale);
  return handles.map((handle, index) => ({ handle, at: handle.point, size: sizes[index] as number }));
}

/** A line along the outside of an area, up to its edge and not over it: what lies inside can be judged to the pixel. */
function outsideLine(context: CanvasRenderingContext2D, width: number, color: string, path: Path2D, screen: Size): void {
  const outside = new Path2D();
  outside.rect(0, 0, screen.width, screen.height);
  outside.addPath(path);
  context.save();
  context.clip(outside, 'evenodd');
  line(context, 2 * (width + RIM_WIDTH / 2), RIM, path);
  line(context, 2 * width, color, path);
  context.restore();
}

/** Paints the whole label of the shape; answers what must not be covered by the next one. */
export function paintLabel<S extends Shape>(
  context: CanvasRenderingContext2D,
  { figure, geometry }: ShapeKind<S>,
  shape: S,
  { view, screen }: Scene,
  look: Look,
  taken: readonly Rect[],
): Rect[] {
  const tag = labelTag(shape, look.color, context.getTransform().a, screen);
  const place = figure.tagPlace(shape, view);
  const { width, height } = place.bounds;
  // Handles or not: a label that made way for them only once they are shown would jump.
  const reach = geometry.handleNoun === undefined ? WIDE : overhang(Math.min(width, height));
  const rect = labelRect(place, tag, screen, reach, taken);
  paintTag(context, tag, rect);
  return [place.bounds, rect];
}
