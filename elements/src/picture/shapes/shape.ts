/**
 * The geometry of a kind of shape: all that the stage must know to show, find, move and change shapes that are no
 * rectangles as well as those that are. Lengths are in pixels of the picture; what a method answers lies in the picture.
 * Knows no DOM.
 */
import type { Point, Side, Size } from '../../base/geometry.ts';
import type { Item } from '../../tool/item-list.ts';
import type { Fits } from '../fitting.ts';
import type { Grip } from './handle-places.ts';

/** A labelled shape; each kind adds where it lies. */
export type Shape = Item;

/** Where a shape lies, without what every item has. */
export type Place<S extends Shape> = Omit<S, keyof Shape>;

/** What of a shape follows a pointer by itself: a corner, a side, a vertex. */
export type Handle = {
  readonly name: string;
  readonly words: string;
  readonly point: Point;
  readonly cursor: string;
  /** A click chooses it, so that keys move and delete it alone. */
  readonly isVertex?: boolean;
};

export interface Geometry<S extends Shape> extends Fits<S> {
  /** What a shape is of which nothing lies in the picture, in words: "3 …". */
  readonly outside: string;
  same(a: S, b: S): boolean;
  /** Does the shape lie under the point, or as near as `reach`? */
  contains(shape: S, point: Point, reach: number): boolean;
  /** Does its border? For shapes that are drawn by clicks, so that one can begin inside another; missing where that is the same. */
  touches?(shape: S, point: Point, reach: number): boolean;
  /** Of the shapes under one point, that with the smallest number is meant first. */
  rank(shape: S, point: Point): number;

  /** What its handles are, in a word; missing where shapes have none. */
  readonly handleNoun?: string;
  handles(shape: S): readonly Handle[];
  /** Its handles as they are painted where a pixel of the picture is `scale` pixels of the screen. */
  grips(shape: S, scale: number): readonly Grip[];
  /** The handle that is meant by a pointer there: the one that is painted within reach. */
  handleAt(shape: S, point: Point, reach: number, scale: number): Handle | undefined;
  /** Undefined where the shape may not become what it would. */
  moveHandle(shape: S, handle: Handle, to: Point, picture: Size): S | undefined;
  /** The middles of edges of at least this length, where another vertex can be drawn out. */
  edgeHandles?(shape: S, shortest: number): readonly Handle[];
  /** What is left of it without this handle; undefined where that is no shape. */
  without?(shape: S, name: string): S | undefined;
  /** The shape with another handle beside this one, and the name of that; undefined where there can be none. */
  split?(shape: S, name: string): { readonly shape: S; readonly name: string } | undefined;

  /** Moved by so much, as a whole. */
  move(shape: S, dx: number, dy: number, picture: Size): S;
  /** With one side moved by so many pixels to the right or down; undefined where it cannot be. Missing where shapes have no sides. */
  moveSide?(shape: S, side: Side, by: number, picture: Size): S | undefined;
}

/** The shapes under a point, the one that is meant first at the front. */
export const shapesAt = <S extends Shape>(
  geometry: Geometry<S>,
  shapes: readonly S[],
  point: Point,
  isUnder: (shape: S) => boolean,
): S[] => shapes.filter(isUnder).sort((a, b) => geometry.rank(a, point) - geometry.rank(b, point));
