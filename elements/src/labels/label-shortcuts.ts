/** The keys that choose labels, as rows of a tool's table, and how they go with its other keys. Knows no DOM. */
import { isPlain, isShortcut, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { LabelKeys } from './label-keys.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** More keys than this are no help in a line. */
const MOST_SAID = 6;

const press = (key: string): KeyboardEvent => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }) as KeyboardEvent;

/** The alternatives of a row: "E, Shift + E". */
const alternatives = ({ keys }: Hint): string[] => keys.split(', ');

/** The letters that these rows use, alone or with Shift: by what they match now, and by what the help says of them. */
export function lettersOf(rows: readonly Hint[]): ReadonlySet<string> {
  const said = rows.flatMap(alternatives).map((keys) => /^(?:Shift \+ )?([A-Z])$/.exec(keys)?.[1]?.toLowerCase());
  return new Set(LETTERS.filter((letter) => said.includes(letter) || rows.filter(isShortcut).some((row) => row.matches(press(letter)))));
}

/** The rows without what a worker's own keys have taken from them; one that has no key left is not there. */
export const withoutKeys = (rows: readonly Hint[], taken: ReadonlySet<string>): readonly Hint[] =>
  rows.flatMap((row) => {
    const left = alternatives(row).filter((keys) => !taken.has(keys.toLowerCase()));
    return left.length === alternatives(row).length ? [row] : left.length > 0 ? [{ does: row.does, keys: left.join(', ') }] : [];
  });

/** Digits and signs are typed with Shift on some keyboards; a letter with Shift is another key. */
const isLetter = (key: string): boolean => key.toLowerCase() !== key.toUpperCase();

/**
 * A label is chosen by its digit, its letter or the worker's own key for it. What it is for, the work decides: the keys do not aim,
 * or they would mean what the pointer is on where something was drawn just now.
 */
export const labelShortcuts = (keys: LabelKeys, choose: (label: string) => void, does: string): readonly Shortcut[] => {
  const labelOf = (event: KeyboardEvent): string | undefined =>
    isPlain(event) && !(event.shiftKey && isLetter(event.key)) ? keys.labelFor(event.key) : undefined;
  const run = (event: KeyboardEvent): void => {
    const label = labelOf(event);
    if (label !== undefined) choose(label);
  };
  const digits: Shortcut = {
    keys: '1 … 9, 0',
    does,
    matches: (event) => (isPlain(event) && /^\d$/.test(event.key)) || labelOf(event) !== undefined,
    run,
  };
  const others: Shortcut = {
    get keys() {
      const all = keys.beyondDigits;
      return (all.length > MOST_SAID ? [...all.slice(0, MOST_SAID), '…'] : all).join(', ');
    },
    does: 'More labels: their keys stand beside them',
    matches: () => false,
    run,
  };
  return [digits, others];
};
