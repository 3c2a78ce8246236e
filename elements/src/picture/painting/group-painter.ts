/** Paints what is selected together: by colour, so that thousands cost a few strokes, and without handles; and the rectangle that selects. */
import type { Rect } from '../../base/geometry.ts';
import { GUIDE } from './sheet.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import { line, RIM } from './strokes.ts';
import { rectToScreen, type Viewport } from '../view/viewport.ts';

/** Between its colour and its dark rim each has a white line: that tells it from one that is only under the pointer. */
const LINES = { rim: 7, white: 5.5, color: 2.5 };
/** A path of more shapes than this costs more than several. */
const PORTION = 200;

export function paintGroup<S extends Shape>(
  context: CanvasRenderingContext2D,
  { figure }: ShapeKind<S>,
  shapes: readonly S[],
  view: Viewport,
  colorOf: (label: string) => string,
  inMotion: boolean,
): void {
  // Of very many the lines below take most of the time, and what moves needs no telling from what does not.
  const isPlain = inMotion && shapes.length > PORTION;
  for (let start = 0; start < shapes.length; start += PORTION) {
    const byColor = new Map<string, Path2D>();
    for (const shape of shapes.slice(start, start + PORTION)) {
      const color = colorOf(shape.label);
      let path = byColor.get(color);
      if (path === undefined) byColor.set(color, (path = new Path2D()));
      figure.outline(path, shape, view, { outset: 0, isUnfinished: false });
    }
    for (const path of isPlain ? [] : byColor.values()) {
      line(context, LINES.rim, RIM, path);
      line(context, LINES.white, '#ffffff', path);
    }
    for (const [color, path] of byColor) line(context, LINES.color, color, path);
  }
}

export function paintBand(context: CanvasRenderingContext2D, band: Rect, view: Viewport): void {
  const { left, top, width, height } = rectToScreen(view, band);
  context.fillStyle = 'rgb(255 255 255 / 12%)';
  context.fillRect(left, top, width, height);
  context.setLineDash([6, 4]);
  for (const [thickness, style] of GUIDE) {
    context.lineWidth = thickness + 0.5;
    context.strokeStyle = style;
    context.strokeRect(left, top, width, height);
  }
  context.setLineDash([]);
}
