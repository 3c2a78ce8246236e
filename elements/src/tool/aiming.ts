/** How a label is chosen at a place of the stage: what it would be for there, and where the menu of labels stands. */
import type { Point } from '../base/geometry.ts';

/** What asks for the menu: the key, a click with the right button, a finger that rests. */
export type Asking = 'key' | 'click' | 'hold';

export type Aim = {
  /** Where the menu stands, in the window. */
  readonly place: Point;
  /** What the label is for, in words: "Label of the box". */
  readonly words: string;
};

export interface Aiming {
  /** What a pointer does to ask, for the help: "Right click". */
  readonly gestures: readonly string[];
  /**
   * Lets go of a gesture that has begun, and selects what a label chosen now is for: what was just made or is selected, or what lies
   * at this place of the window (undefined: the pointer is elsewhere). Undefined where nobody can choose a label.
   */
  at(place: Point | undefined, asking: Asking): Aim | undefined;
}

export const aimWords = (singular: string, isThere: boolean): string => `Label of the ${isThere ? '' : 'next '}${singular}`;
