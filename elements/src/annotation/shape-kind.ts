/**
 * What the annotation surface must know about a kind of shape. Each image tool brings one such object; the surface
 * knows nothing else about boxes, polygons or points.
 */
import type { Json } from '../frame/protocol.ts';
import type { Annotations, Shape, ShapeRules } from './model/annotations.ts';
import type { Point, Rect, Size } from './model/geometry.ts';
import type { Viewport } from './model/viewport.ts';

/** A pointer that went down on the picture. Lengths are in pixels of the picture. */
export type Press = {
  readonly point: Point;
  /** How near is near enough to grab an edge or a handle; larger for fingers. */
  readonly reach: number;
  /** A movement shorter than this is a click. */
  readonly slop: number;
  /** Draw here, whatever lies below (Shift). */
  readonly force: boolean;
};

/** What a pressed pointer does until it is released. */
export interface Gesture {
  move(point: Point): void;
  end(): void;
  cancel(): void;
}

/** What lies under a hovering pointer. */
export type Hover = { readonly id: number | undefined; readonly cursor: string };

/** How a shape is to be drawn. */
export type Look = {
  readonly color: string;
  readonly selected: boolean;
  readonly hovered: boolean;
  /** It is being drawn, so handles would only be in the way. */
  readonly inMotion: boolean;
};

/** `within` of {@link ShapeRules} is also the promise of every method below: nothing leaves the picture. */
export interface ShapeKind<S extends Shape> extends ShapeRules<S> {
  readonly singular: string;
  readonly plural: string;
  /** The key of the list in the answer, and in an `initial-value` that is an object. */
  readonly answerKey: string;

  /** Reads an item of `initial-value`; throws an Error that names what is missing. */
  read(item: { [key: string]: Json }, id: number): S;
  /** The item of the answer. */
  write(shape: S): { [key: string]: Json };

  /** Moved by whole pixels, within the picture. */
  move(shape: S, dx: number, dy: number, picture: Size): S;
  /** Made larger or smaller by whole pixels, within the picture. */
  grow(shape: S, dx: number, dy: number, picture: Size): S;
  /** A new shape in the middle of what is on screen, for people who draw with the keyboard. */
  insert(id: number, label: string, seen: Rect, picture: Size): S;

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press, annotations: Annotations<S>, picture: Size): Gesture | undefined;
  hover(point: Point, reach: number, annotations: Annotations<S>): Hover;
  paint(context: CanvasRenderingContext2D, shape: S, view: Viewport, look: Look): void;
  /** What the tag of the shape says. */
  describe(shape: S, picture: Size): string;
}
