/** The keys of a document under review: in the field at work, where letters are typed, and on the page, where they say something. */
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { PART_KEYS } from '../tool/parts.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import { judgementsOf } from './field-pane.ts';
import type { Field, Verdict } from './fields.ts';

/** What the field at work can be told by a key that types nothing. */
export type FieldKey = { readonly does: 'check' | 'leave' } | { readonly does: 'step' | 'next'; readonly step: 1 | -1 } | { readonly does: 'judge'; readonly verdict: Verdict };

/** What a key in a text means; undefined where it is for the text itself, or for the page around. */
export function fieldKey(event: KeyboardEvent, field: Field): FieldKey | undefined {
  if (event.isComposing || event.ctrlKey || event.metaKey) return undefined;
  if (event.altKey) {
    // By its place: with Alt, some keyboards write another letter.
    const found = judgementsOf(field).find(({ key }) => event.code === `Key${key}`);
    return found && { does: 'judge', verdict: found.verdict };
  }
  switch (event.key) {
    case 'Enter':
      return { does: 'check' };
    case 'Escape':
      return { does: 'leave' };
    case 'Tab':
      return { does: 'next', step: event.shiftKey ? -1 : 1 };
    case 'ArrowDown':
      return { does: 'step', step: 1 };
    case 'ArrowUp':
      return { does: 'step', step: -1 };
    default:
      return undefined;
  }
}

type Actions = {
  readonly judge: (letter: string) => void;
  readonly edit: () => void;
  readonly switchPart: () => void;
  readonly nudge: (dx: number, dy: number, grows: boolean) => void;
  readonly endRun: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly turn: (step: 1 | -1) => void;
  readonly help: () => void;
  readonly view: readonly (Hint | Shortcut)[];
};

const withControl = (key: string, shift: boolean) => (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;

export const documentKeys = (act: Actions): readonly (Hint | Shortcut)[] => [
  { keys: 'Enter', does: 'In a field: it is right, on to the next doubtful one' },
  { keys: 'Tab, Shift + Tab', does: 'Next, previous doubtful field' },
  { keys: '↓, ↑', does: 'In a field: the field below, above' },
  { keys: 'Alt + N, Alt + K, Alt + B', does: 'No pair; key not found; value is blank. On the page, the letter alone' },
  { keys: 'Escape', does: 'From the field to the page' },
  { keys: 'N, K, B', does: 'On the page: no pair; key not found; value is blank', matches: plain('n', 'k', 'b'), run: ({ key }) => act.judge(key.toUpperCase()) },
  { keys: 'E', does: 'Edit the value', matches: plain('e'), run: act.edit },
  { keys: 'X', does: 'Move the box of the key, or that of the value', matches: plain('x'), run: act.switchPart },
  {
    keys: 'Arrow keys',
    does: 'Move the box by 1 pixel, with Shift by 10; with Ctrl or Alt, resize it',
    matches: isArrow,
    run: (event) => act.nudge(...arrowSteps(event), !isPlain(event)),
    released: act.endRun,
  },
  { keys: 'Ctrl + Z', does: 'Undo', matches: withControl('z', false), run: act.undo },
  { keys: 'Ctrl + Shift + Z, Ctrl + Y', does: 'Redo', matches: (event) => withControl('z', true)(event) || withControl('y', false)(event), run: act.redo },
  { keys: 'Page up, Page down', does: 'Previous, next page of the document', matches: plain('pageup', 'pagedown'), run: ({ key }) => act.turn(key === 'PageUp' ? -1 : 1) },
  ...act.view,
  PART_KEYS,
  { keys: '?', does: 'Show these keys', matches: plain('?'), run: act.help },
  { keys: 'Ctrl + Enter', does: 'Submit' },
];
