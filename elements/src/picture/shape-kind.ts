/** A kind of shape, as the picture stage knows it: each image tool brings one such object. */
import type { JsonObject } from '../base/json-attributes.ts';
import type { ItemKind } from '../tool/annotations.ts';
import type { Noun } from '../tool/stage.ts';
import type { Drawing } from './drawing.ts';
import type { Geometry, Shape } from './shapes/shape.ts';
import type { Viewport } from './viewport.ts';

/** How a shape is to be drawn. */
export type Look = {
  readonly color: string;
  readonly selected: boolean;
  readonly hovered: boolean;
  /** It is being drawn, so handles would only be in the way. */
  readonly inMotion: boolean;
};

export interface ShapeKind<S extends Shape> extends Omit<ItemKind<S>, 'same'> {
  readonly noun: Noun;
  readonly geometry: Geometry<S>;
  readonly drawing: Drawing<S>;
  /** The item of the answer. */
  write(shape: S): JsonObject;
  paint(context: CanvasRenderingContext2D, shape: S, view: Viewport, look: Look): void;
  /** Its label and where it lies, in words. */
  describe(shape: S): string;
}
