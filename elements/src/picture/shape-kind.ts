/** A kind of shape, as the picture stage knows it: each image tool brings one such object. */
import type { IconName } from '../base/icons.ts';
import type { JsonObject } from '../base/json-object.ts';
import type { Fit, ItemKind } from '../tool/item-list.ts';
import type { Noun } from '../tool/stage.ts';
import type { Drawing } from './drawing/drawing.ts';
import type { Figure } from './shapes/figure.ts';
import type { Geometry, Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

/** How a shape is painted that somebody is at. */
export type Look = {
  readonly color: string;
  readonly selected: boolean;
  /** It is being moved or changed, so handles would only be in the way. */
  readonly inMotion: boolean;
  /** It cannot be changed, so it has no handles. */
  readonly isLocked: boolean;
  /** More vertices are to come. */
  readonly isUnfinished: boolean;
  /** The name of the handle that keys move. */
  readonly chosenHandle: string | undefined;
};

export interface ShapeKind<S extends Shape> extends Omit<ItemKind<S>, 'same'> {
  readonly noun: Noun;
  /** Of the button that turns to drawing. */
  readonly icon: IconName;
  readonly geometry: Geometry<S>;
  readonly drawing: Drawing<S>;
  readonly figure: Figure<S>;
  /** The item of the answer. */
  write(shape: S): JsonObject;
  /** What the key of a label does, in words, where labels are not those of shapes. */
  readonly labelling?: string;
  /** The state of the tool, where it is another one than that of labelled shapes. */
  stateFor?(kind: ShapeKind<S>, fit: Fit<S>): Shapes<S>;
  /** Its label and where it lies, in words. */
  describe(shape: S): string;
  /** Where it lies, and how large it is, in words. */
  where(shape: S): string;
  /** A copy as it stands beside these, where it may not have all in common with what it is a copy of. */
  another?(shape: S, others: readonly S[]): S;
  /** Its sides or vertices lie upon what is seen on the picture, so that they can snap to it. */
  readonly snaps?: true;
}
