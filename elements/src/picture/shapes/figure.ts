/** How shapes of a kind look: their outline, which many of them can share in one stroke, and where their tags stand. */
import type { Rect } from '../../base/geometry.ts';
import type { Viewport } from '../view/viewport.ts';
import type { Shape } from './shape.ts';

/** What tags of a shape keep to, on screen: its bounds, and where it touches them (x above and below, y to the left and right). */
export type TagPlace = {
  readonly bounds: Rect;
  readonly above: number;
  readonly below: number;
  readonly left: number;
  readonly right: number;
  /** A tag may stand in it. */
  readonly hasInside: boolean;
};

export interface Figure<S extends Shape> {
  /** An `area` is outlined on its outside, so that all of it is seen; a `disc` is filled while nobody is at it. */
  readonly inside: 'area' | 'disc' | 'nothing';
  /** How far its outline reaches beyond its bounds, in screen pixels. */
  readonly margin: number;
  /** About how many vertices it has: what it costs to paint. */
  weight(shape: S): number;
  /** Adds the outline to a path, in screen pixels, so far outside of the shape as its kind can be outlined there. */
  outline(path: CanvasPath, shape: S, view: Viewport, look: { readonly outset: number; readonly isUnfinished: boolean }): void;
  /** Paints what an outline of one colour does not show. */
  details?(context: CanvasRenderingContext2D, shape: S, view: Viewport, colorOf: (label: string) => string): void;
  tagPlace(shape: S, view: Viewport): TagPlace;
}
