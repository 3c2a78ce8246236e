import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelKeys } from '../labels/label-keys.ts';
import { LabelSet } from '../labels/label-set.ts';
import { labelShortcuts } from '../labels/label-shortcuts.ts';
import { giveKey, keyTyped } from './own-keys.ts';
import { plain, type Hint } from './shortcuts.ts';

const ROWS: Hint[] = [
  { keys: 'D', does: 'Draw', matches: plain('d'), run() {} } as Hint,
  { keys: 'E, Shift + M', does: 'Something' },
  { keys: 'Search', does: 'Search the labels', matches: plain('/'), run() {} } as Hint,
  { keys: 'Larger', does: 'Zoom in', matches: ({ key, shiftKey }: KeyboardEvent) => shiftKey && key === 'J', run() {} } as Hint,
];

const given = (own: Record<string, string>, label: string, key: string) => {
  const result = giveKey(new Map(Object.entries(own)), label, key, ROWS);
  return 'own' in result ? { ...result, own: Object.fromEntries(result.own) } : result;
};

test('a label gets a key, another one, and its usual one back', () => {
  assert.deepEqual(given({}, 'cat', 'q'), { own: { cat: 'q' }, note: '' });
  assert.deepEqual(given({ cat: 'q' }, 'cat', '5'), { own: { cat: '5' }, note: '' });
  assert.deepEqual(given({ cat: 'q', dog: 'w' }, 'cat', ''), { own: { dog: 'w' }, note: '' });
});

test('of two labels with one key, the older loses it', () => {
  assert.deepEqual(given({ cat: 'q', dog: 'w' }, 'dog', 'q'), { own: { dog: 'q' }, note: 'Q was the key of cat.' });
  assert.deepEqual(given({ cat: 'q' }, 'cat', 'q'), { own: { cat: 'q' }, note: '' });
});

test('the keys of the tool stay what they are, and the reason is told', () => {
  for (const [key, does] of [['d', 'Draw'], ['e', 'Something'], ['m', 'Something'], ['/', 'Search the labels'], ['j', 'Zoom in']] as const)
    assert.deepEqual(given({ cat: 'q' }, 'cat', key), { refusal: `${key.toUpperCase()} is a key of the tool: ${does}.` });
});

test('no more is taken than can be remembered', () => {
  assert.deepEqual(given({ ['x'.repeat(4080)]: 'a' }, 'cat', 'q'), { refusal: 'There is no room for more keys of your own: clear one first.' });
});

test('labels are called as they like', () => {
  assert.deepEqual(JSON.stringify(given({}, '__proto__', 'q')), '{"own":{"__proto__":"q"},"note":""}');
});

test('what was typed last is the key', () => {
  assert.deepEqual(['q', 'Q', 'qw', ' ', '', '1😀'].map(keyTyped), ['q', 'q', 'w', '', '', '😀']);
});

test('a key that keyboards have above another chooses its label too', () => {
  const labels = new LabelSet(() => {});
  labels.names = ['cat', 'dog'];
  const keys = new LabelKeys(labels, () => new Set());
  keys.own = new Map([['dog', '!']]);
  const chosen: string[] = [];
  const [row] = labelShortcuts(keys, (label) => chosen.push(label), 'box');
  const event = { key: '!', shiftKey: true, ctrlKey: false, metaKey: false, altKey: false } as KeyboardEvent;

  if (row!.matches(event)) row!.run(event);

  assert.deepEqual(chosen, ['dog']);
});
