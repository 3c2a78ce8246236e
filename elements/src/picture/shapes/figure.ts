/** How shapes of a kind look: their outline, which many of them can share in one stroke, and where their tags stand. */
import type { Point } from '../geometry.ts';
import type { Viewport } from '../viewport.ts';
import type { Shape } from './shape.ts';

/** Where a tag stands: centred above this point of the screen, and how wide the shape is there, in screen pixels. */
export type TagPlace = { readonly at: Point; readonly room: number };

export interface Figure<S extends Shape> {
  /** `area` is tinted while it is selected, a `disc` filled always. */
  readonly inside: 'area' | 'disc' | 'nothing';
  /** How far its outline reaches beyond its bounds, in screen pixels. */
  readonly margin: number;
  /** About how many vertices it has: what it costs to paint. */
  weight(shape: S): number;
  /** Adds the outline to a path, in screen pixels. */
  outline(path: CanvasPath, shape: S, view: Viewport, isUnfinished: boolean): void;
  /** Paints what an outline of one colour does not show. */
  details?(context: CanvasRenderingContext2D, shape: S, view: Viewport, colorOf: (label: string) => string): void;
  tagPlace(shape: S, view: Viewport): TagPlace;
}
