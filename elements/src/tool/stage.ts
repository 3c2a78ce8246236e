/**
 * The middle of a tool, where the work is shown and done: a picture with shapes, a raster, a text, a document.
 *
 * The shell around it (title, buttons, labels, instructions, messages, Submit, drafts, keys) drives every stage through
 * this interface and knows nothing else of it; a tool is a shell with a stage.
 */
import type { TemplateResult } from 'lit';
import type { JsonObject } from '../base/json-object.ts';
import type { Aiming } from './aiming.ts';
import type { ObjectList } from './objects/object-list.ts';
import type { Hint, Shortcut } from './shortcuts.ts';
import type { Work } from './work.ts';

/** What a tool calls that which is made with it. */
export type Noun = { readonly singular: string; readonly plural: string };

export interface Stage {
  /** What it is called where the template gives the task no header. */
  readonly name: string;
  readonly noun: Noun;
  readonly work: Work;
  /** An answer that holds nothing is as good as any other: nobody has to say that there is nothing to label. */
  readonly mayBeEmpty?: boolean;
  /** The answer as it stands: the same object until the work changes, so that a script may add to it. */
  readonly value: JsonObject;
  /** Why nobody can work yet, in a sentence; undefined when they can. */
  readonly obstacle: string | undefined;
  /** What the worker should know of what the template gave; empty where there is nothing to say. */
  readonly remark: string;
  /** What is selected, in words; undefined where nothing is. */
  readonly selection: string | undefined;
  /** What is being made and is not part of the answer yet, and how it goes on; undefined where nothing is. */
  readonly progress?: string | undefined;
  /** The list of all that has been made, below the labels. */
  readonly objects?: ObjectList;

  /** How what is worked on is shown, where that is not as it is; empty where it is. */
  readonly shownAs?: string;

  /** What the key of a label does, in words, where it does more than to change the label of what is selected. */
  readonly labelling?: string;
  /** Its keys in the order in which the help lists them: what they do to the work, to the view, and with a pointer. */
  readonly keys: { readonly work: readonly Shortcut[]; readonly view: readonly Shortcut[]; readonly pointer: readonly (Hint | Shortcut)[] };
  /** How a label is chosen at a place; missing where that is nowhere in particular. */
  readonly aiming?: Aiming;
  /** Buttons by which the worker chooses what a pointer does, and what is seen of the work. */
  modeButtons(): TemplateResult;
  viewButtons(): TemplateResult;

  /** The stage itself under this name, with `error` in its place where the template is at fault. */
  render(name: string, error: string | undefined): TemplateResult;
  /** Takes hold of what it has rendered, once. */
  attach(root: ParentNode): void;

  /** All that lies over what is worked on is out of sight while it is true; missing where it cannot be told apart. */
  peek?(isPeeking: boolean): void;

  focus(options?: FocusOptions): void;
  /** The same without a ring around it: for who came with a pointer. */
  takeFocus(): void;
  /** Is this what has the focus while somebody works with the keyboard? */
  isFocus(target: EventTarget): boolean;
  /** Selects the next or previous item; false past either end, where the focus should move on. */
  step(step: 1 | -1): boolean;
  /** Selects what the pointer is on, where a key means that rather than what is selected. */
  aim?(): void;
  /** Lets go of a gesture that is under way, which then has done nothing; false where there is none. Bound. */
  readonly letGo?: () => boolean;
  /** Lets go of what is being done, else of what is selected; false when there was nothing. */
  escape(): boolean;
}
