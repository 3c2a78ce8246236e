import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import { LabelKeys } from './label-keys.ts';
import { LabelSet } from './label-set.ts';
import { labelShortcuts, lettersOf, withoutKeys } from './label-shortcuts.ts';

const row = (keys: string, matches: Shortcut['matches']): Shortcut => ({ keys, does: keys, matches, run() {} });
const ROWS: Hint[] = [
  row('N', plain('n')),
  row('Space', plain(' ')),
  row('Ctrl + Z', ({ ctrlKey, key }) => ctrlKey && key === 'z'),
  row('S', () => false),
  { keys: 'M, Shift + M', does: 'Merge, split' },
  { keys: 'Shift + H', does: 'Hide' },
  row('Search', plain('/', 'w')),
];

test('a letter is used by what it runs now, or by what the help says of it', () => {
  assert.deepEqual([...lettersOf(ROWS)], ['h', 'm', 'n', 's', 'w']);
});

test('the help leaves out what a worker has given to a label', () => {
  const rows = [{ keys: 'E, Shift + E', does: 'a' }, { keys: 'C', does: 'b' }, { keys: 'D', does: 'c' }];
  assert.deepEqual(withoutKeys(rows, new Set(['e', 'c'])), [{ keys: 'Shift + E', does: 'a' }, { keys: 'D', does: 'c' }]);
});

test('digits and letters choose; a letter with Shift or Ctrl does not, a digit with Shift does', () => {
  const labels = new LabelSet(() => {});
  labels.names = Array.from({ length: 12 }, (_, index) => `label ${index + 1}`);
  const chosen: string[] = [];
  const [digits, others] = labelShortcuts(new LabelKeys(labels, () => new Set('b')), (label) => chosen.push(label), 'Choose a label') as [Shortcut, Shortcut];
  const press = (key: string, held: Partial<KeyboardEvent> = {}): boolean => {
    const event = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held } as KeyboardEvent;
    if (!digits.matches(event)) return false;
    digits.run(event);
    return true;
  };
  assert.deepEqual([press('1'), press('0', { shiftKey: true }), press('A'), press('c')], [true, true, true, true]);
  assert.deepEqual([press('a', { shiftKey: true }), press('a', { ctrlKey: true }), press('b')], [false, false, false]);
  assert.deepEqual(chosen, ['label 1', 'label 10', 'label 11', 'label 12']);
  assert.equal(others.keys, 'A, C');
  assert.deepEqual([digits.aims, others.aims], [undefined, undefined], 'what the label is for is decided where it is chosen');
});
