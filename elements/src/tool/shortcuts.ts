/** Which key does what: one table for the keyboard and for the help that lists it. */
import { hidingKey } from './hiding-key.ts';
import { PART_KEYS } from './parts.ts';
import type { Stage } from './stage.ts';
import { redo, removeSelected, undo } from './taking-back.ts';

/** A line of the help. */
export type Hint = {
  /** The keys as the help shows them; alternatives are separated by commas. */
  readonly keys: string;
  readonly does: string;
};

export type Shortcut = Hint & {
  matches(event: KeyboardEvent): boolean;
  run(event: KeyboardEvent): void;
  /** It changes only what is seen, so it is there for who only looks too. */
  readonly looks?: true;
  /** It works on one item: what the pointer is on is selected first, where a key means that. */
  readonly aims?: true;
  /** The key was let go; without an event, by a window that has lost the focus. */
  released?(event?: KeyboardEvent): void;
};

export const isShortcut = (hint: Hint): hint is Shortcut => 'run' in hint;

export const hasControl = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;
/** No modifier but Shift. */
export const isPlain = (event: KeyboardEvent): boolean => !hasControl(event) && !event.altKey;
export const plain = (...keys: string[]): Shortcut['matches'] => (event) => isPlain(event) && keys.includes(event.key.toLowerCase());
export const withControl = (shift: boolean, key: string): Shortcut['matches'] => (event) =>
  hasControl(event) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;

/** Where a stage has another use for X, only longer keys delete. */
const deletingKeys = ({ keys }: Stage): string[] => ['Delete', 'Backspace', ...(keys.work.some((shortcut) => shortcut.keys === 'X') ? [] : ['X'])];

const deleting = (stage: Stage): Shortcut => {
  const keys = deletingKeys(stage);
  const { noun } = stage;
  return {
    keys: keys.join(', '),
    does: `Delete the ${noun.singular}`,
    aims: true,
    matches: plain(...keys.map((key) => key.toLowerCase())),
    run: () => removeSelected(stage),
  };
};

/** What every stage does to the work on it. */
export const editingKeys = (stage: Stage): readonly Shortcut[] => [
  deleting(stage),
  { keys: 'Ctrl + Z', does: 'Undo', matches: withControl(false, 'z'), run: () => undo(stage) },
  {
    keys: 'Ctrl + Shift + Z, Ctrl + Y',
    does: 'Redo',
    matches: (event) => withControl(true, 'z')(event) || withControl(false, 'y')(event),
    run: () => redo(stage),
  },
];

export const helpKey = (help: () => void): Shortcut => ({ keys: '?', does: 'Show these keys', matches: plain('?'), looks: true, run: help });

/** The keys of a tool beside those that choose a label, in the order of the help; `help` and `search` open what their names say. */
export const keysOf = (stage: Stage, help: () => void, search: () => void): readonly (Hint | Shortcut)[] => {
  const { work, keys } = stage;
  return [
    ...keys.work,
    ...editingKeys(stage),
    ...keys.view,
    hidingKey({ does: 'Hide or show everything', toggle: () => work.labels.toggleAllHidden(), peek: stage.peek?.bind(stage) }),
    ...keys.pointer,
    PART_KEYS,
    { keys: '/', does: 'Search the labels; Enter chooses the first one found', matches: plain('/'), run: search },
    helpKey(help),
    { keys: 'Ctrl + Enter', does: 'Submit' },
  ];
};
