/** Which key does what: one table for the keyboard and for the help that lists it. */
import { positionOf } from '../labels/labels.ts';
import type { Stage } from './stage.ts';

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
  /** The key was let go. */
  released?(): void;
};

export const isShortcut = (hint: Hint): hint is Shortcut => 'run' in hint;

const modifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;
/** No modifier but Shift. */
export const isPlain = (event: KeyboardEvent): boolean => !modifier(event) && !event.altKey;
export const plain = (...keys: string[]): Shortcut['matches'] => (event) => isPlain(event) && keys.includes(event.key.toLowerCase());
export const withControl = (shift: boolean, key: string): Shortcut['matches'] => (event) =>
  modifier(event) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;

/** What every stage does to the work on it. */
export const editingKeys = ({ noun, work }: Stage): readonly Shortcut[] => [
  { keys: 'Delete, Backspace', does: `Delete the ${noun.singular}`, matches: plain('delete', 'backspace'), run: () => work.removeSelected() },
  { keys: 'Ctrl + Z', does: 'Undo', matches: withControl(false, 'z'), run: () => work.undo() },
  {
    keys: 'Ctrl + Shift + Z, Ctrl + Y',
    does: 'Redo',
    matches: (event) => withControl(true, 'z')(event) || withControl(false, 'y')(event),
    run: () => work.redo(),
  },
];

export const helpKey = (help: () => void): Shortcut => ({ keys: '?', does: 'Show these keys', matches: plain('?'), looks: true, run: help });

/** The keys of a tool, in the order of the help; `help` and `search` open what their names say. */
export const keysOf = (stage: Stage, help: () => void, search: () => void): readonly (Hint | Shortcut)[] => {
  const { noun, work, keys } = stage;
  return [
    {
      keys: '1 … 9, 0',
      does: `Choose a label; also changes the selected ${noun.singular}`,
      matches: (event) => isPlain(event) && /^\d$/.test(event.key),
      run({ key }) {
        const label = work.labels.names[positionOf(key)];
        if (label !== undefined) work.chooseLabel(label);
      },
    },
    ...keys.work,
    ...editingKeys(stage),
    ...keys.view,
    { keys: 'H', does: 'Hide or show everything', matches: plain('h'), run: () => work.labels.toggleAllHidden() },
    ...keys.pointer,
    { keys: '/', does: 'Search the labels; Enter chooses the first one found', matches: plain('/'), run: search },
    helpKey(help),
    { keys: 'Ctrl + Enter', does: 'Submit' },
  ];
};
