/**
 * The geometry of a kind of shape: all that the stage must know to show, find, move and change shapes that are no
 * rectangles as well as those that are. Lengths are in pixels of the picture; what a method answers lies in the picture.
 * Knows no DOM.
 */
import type { Item } from '../../tool/annotations.ts';
import type { Fits } from '../fitting.ts';
import type { Point, Rect, Size } from '../geometry.ts';

/** A labelled shape; each kind adds where it lies. */
export type Shape = Item;

/** Where a shape lies, without what every item has. */
export type Place<S extends Shape> = Omit<S, keyof Shape>;

/** What of a shape follows a pointer by itself: a corner, a side, a vertex. */
export type Handle = { readonly name: string; readonly point: Point; readonly cursor: string };

export interface Geometry<S extends Shape> extends Fits<S> {
  /** What a shape is of which nothing lies in the picture, in words: "3 …". */
  readonly outside: string;
  same(a: S, b: S): boolean;
  /** Does the shape lie under the point, or as near as `reach`? */
  contains(shape: S, point: Point, reach: number): boolean;
  /** Of the shapes under one point, that with the smallest number is meant first. */
  rank(shape: S, point: Point): number;

  handles(shape: S): readonly Handle[];
  /** The handle within reach of the point. */
  handleAt(shape: S, point: Point, reach: number): Handle | undefined;
  moveHandle(shape: S, handle: Handle, to: Point, picture: Size): S;

  /** Moved by so much, as a whole. */
  move(shape: S, dx: number, dy: number, picture: Size): S;
  /** Made larger or smaller by whole pixels; missing where shapes have no size. */
  grow?(shape: S, dx: number, dy: number, picture: Size): S;
  /** A new shape in the middle of what is on screen, for people who draw with the keyboard. */
  middle(seen: Rect, picture: Size): Place<S>;
}

/** The shapes under a point, the one that is meant first at the front. */
export const shapesAt = <S extends Shape>(geometry: Geometry<S>, shapes: readonly S[], point: Point, reach: number): S[] =>
  shapes.filter((shape) => geometry.contains(shape, point, reach)).sort((a, b) => geometry.rank(a, point) - geometry.rank(b, point));
