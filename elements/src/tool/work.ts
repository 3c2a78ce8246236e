/** What the shell of a tool must know of the work in it, whatever that is made of: shapes, spans, pixels. Knows no DOM. */
import type { Json } from '../frame/protocol.ts';
import type { LabelSet } from '../labels/label-set.ts';

/** `items`: the answer changed. `state`: what the panes show changed. `live`: only the stage has something to draw. */
export type Change = 'items' | 'state' | 'live';

export interface Work {
  readonly labels: LabelSet;
  /** The label that is marked in the pane: of what is selected, which another label's key would change; else that of what comes next. */
  readonly label: string;
  /** How many items the answer holds. */
  readonly count: number;
  /** How many of them are hidden with their label. */
  readonly hiddenCount: number;
  /** How many of them have this label. */
  countOf(label: string): number;
  /** Chooses a label for what comes next, and for what is selected where that is meant. */
  chooseLabel(label: string): void;

  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;

  readonly hasSelection: boolean;
  removeSelected(): void;

  /** The worker says that there is nothing to label. */
  readonly nothingToLabel: boolean;
  decideNothing(isNothing: boolean): void;

  /**
   * Takes the text of `initial-value`. Answers how many items it has, and what is wrong with those that cannot be read and
   * were left out; throws an AttributeError where the text cannot be read at all.
   */
  readInitial(text: string): { readonly length: number; readonly errors: readonly string[] };
  /** The labels, each once, of what was given and left out because they are not listed; undefined where that cannot be. */
  readonly unlisted?: readonly string[];
  /** Back to what the template gave. */
  reset(): void;
  /** For a draft, and back from one. */
  save(): Json;
  restore(saved: Json): void;

  listen(listener: (change: Change) => void): void;
}
