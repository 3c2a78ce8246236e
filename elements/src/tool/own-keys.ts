/** The keys that a worker gives to labels, in the words of the tool that refuses one. Knows no DOM. */
import { bytesOf, MOST_BYTES_OF_PREFERENCE } from '../frame/protocol.ts';
import { isShortcut, type Hint } from './shortcuts.ts';

export type OwnKeys = ReadonlyMap<string, string>;

/** What came of a key: the keys as they are then, and what to say of it; or why it cannot be had. */
export type Given = { readonly own: OwnKeys; readonly note: string } | { readonly refusal: string };

const press = (key: string, shiftKey: boolean): KeyboardEvent => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey }) as KeyboardEvent;

/** The row of the tool's table that a key belongs to, alone or with Shift, by what it does now or by what the help says of it. */
function rowOf(key: string, rows: readonly Hint[]): Hint | undefined {
  const letter = key.toUpperCase();
  const isSaid = ({ keys }: Hint): boolean => keys.split(', ').some((said) => said === letter || said === `Shift + ${letter}`);
  return rows.find((row) => isSaid(row) || (isShortcut(row) && (row.matches(press(key, false)) || row.matches(press(letter, true)))));
}

/** The key that was typed: what is before it in the field was there already. */
export const keyTyped = (text: string): string => [...text.trim()].at(-1)?.toLowerCase() ?? '';

/** Gives a label a key, or with an empty one its usual key back. `rows` are the tool's other keys. */
export function giveKey(own: OwnKeys, label: string, key: string, rows: readonly Hint[]): Given {
  const next = new Map(own);
  next.delete(label);
  if (key === '') return { own: next, note: '' };
  const row = rowOf(key, rows);
  if (row) return { refusal: `${key.toUpperCase()} is a key of the tool: ${row.does}.` };
  const older = [...next].find(([, taken]) => taken === key)?.[0];
  if (older !== undefined) next.delete(older);
  next.set(label, key);
  if (bytesOf(JSON.stringify(Object.fromEntries(next))) > MOST_BYTES_OF_PREFERENCE) return { refusal: 'There is no room for more keys of your own: clear one first.' };
  return { own: next, note: older === undefined ? '' : `${key.toUpperCase()} was the key of ${older}.` };
}
