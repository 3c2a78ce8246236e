/** What a list of objects knows of the stage whose objects it lists. Knows no DOM. */
import type { Item } from '../item-list.ts';
import type { Marks } from '../marks.ts';
import type { Noun } from '../stage.ts';
import type { Change } from '../work.ts';

/** What a list is of. */
export interface Objects<I extends Item = Item> {
  readonly noun: Noun;
  /** All of them in the order of the answer: the same list until something changes. */
  readonly items: readonly I[];
  /** The id of the one that is selected, or of the last of several. */
  readonly selected: number | undefined;
  /** What is locked and hidden, where single objects can be. */
  readonly marks: Pick<Marks, 'isLocked' | 'isHidden' | 'toggleLocked' | 'toggleHidden'> | undefined;
  nameOf(label: string): string;
  colorOf(item: I): string;
  /** Where it lies, and how large it is, in words. */
  where(item: I): string;
  isSelected(id: number): boolean;
  /** Selects all of these, and brings the last of them into view. */
  select(ids: readonly number[]): void;
  /** Shows this one as if the pointer was upon it; undefined: none any more. */
  highlight(id: number | undefined): void;
  /** Deletes what is selected. */
  remove(): void;
  /** Back to the stage. */
  leave(): void;
  listen(listener: (change: Change) => void): void;
}
