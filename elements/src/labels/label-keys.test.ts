import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelKeys, LabelKeys, readOwnKeys } from './label-keys.ts';
import { LabelSet } from './label-set.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `label ${index + 1}`);
const NONE = new Set<string>();

test('ten labels have digits, those behind them the letters that are free, and the rest none', () => {
  const keys = labelKeys(names(40), new Set('bcdefghijklnopqrsuvwxyz'));
  assert.deepEqual([...keys.values()], ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'a', 'm', 't']);
  assert.equal(keys.get('label 12'), 'm');
  assert.equal(keys.get('label 14'), undefined);
});

test('an own key takes the place of the usual one, and moves no other', () => {
  const keys = labelKeys(names(13), NONE, new Map([['label 2', 'Q'], ['label 12', '4']]));
  assert.equal(keys.get('label 2'), 'q');
  assert.equal(keys.get('label 12'), '4');
  assert.equal(keys.get('label 4'), undefined, 'its digit is taken');
  assert.deepEqual(['label 1', 'label 3', 'label 11', 'label 13'].map((name) => keys.get(name)), ['1', '3', 'a', 'c']);
});

test('an own key goes before a shortcut of the tool; of two labels with one key, the first has it', () => {
  const keys = labelKeys(['car', 'cat', 'dog'], new Set('c'), new Map([['car', 'c'], ['cat', 'c'], ['cow', 'w']]));
  assert.deepEqual([...keys], [['car', 'c'], ['cat', '2'], ['dog', '3']]);
});

test('a label that is listed twice has the key of its first place, and takes none from those behind it', () => {
  assert.deepEqual([...labelKeys(['a', 'b', 'a', 'c'], NONE)], [['a', '1'], ['b', '2'], ['c', '4']]);
});

test('the keys of ten thousand labels are there at once', () => {
  assert.equal(labelKeys(names(10_000), NONE).size, 36);
});

test('of what was kept, only single keys of labels are read', () => {
  assert.deepEqual([...readOwnKeys({ car: ' C', cat: 'ab', dog: 3, cow: '', pig: 'ß' })], [['car', 'c'], ['pig', 'ß']]);
  for (const kept of [undefined, null, 'x', ['a']]) assert.equal(readOwnKeys(kept).size, 0);
});

test('keys follow the list of labels and what the worker likes', () => {
  const labels = new LabelSet(() => {});
  const keys = new LabelKeys(labels, () => new Set('a'));
  labels.names = names(12);
  assert.deepEqual([keys.of('label 10'), keys.of('label 11'), keys.labelFor('C')], ['0', 'B', 'label 12']);
  assert.deepEqual(keys.beyondDigits, ['B', 'C']);
  keys.own = new Map([['label 3', 'w']]);
  assert.equal(keys.labelFor('w'), 'label 3');
  assert.equal(keys.labelFor('3'), undefined);
  assert.deepEqual(keys.beyondDigits, ['W', 'B', 'C']);
  labels.names = ['one'];
  assert.equal(keys.labelFor('b'), undefined);
  assert.deepEqual(keys.beyondDigits, []);
});
