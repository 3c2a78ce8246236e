import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginning, keyAt, listed, matches, percentage, positionOf } from './labels.ts';
import { labelOf, readLabels } from './label.ts';
import { colorAt } from './palette.ts';

test('keys 1 to 9 and then 0 stand for the first ten labels', () => {
  assert.deepEqual([0, 8, 9, 10].map(keyAt), ['1', '9', '0', undefined]);
  assert.deepEqual(['1', '9', '0'].map(positionOf), [0, 8, 9]);
});

test('a long label is known by its beginning', () => {
  assert.deepEqual(['bowl of the spoon', 'bicycle lane', '👩‍🚀'].map((label) => beginning(label, 12)), ['bowl of the…', 'bicycle lane', '👩‍🚀']);
});

test('search ignores case and accents', () => {
  assert.ok(matches('Éclair au café', 'CAFE'));
  assert.ok(!matches('car', 'cart'));
});

test('a score is a fraction or a percentage', () => {
  assert.deepEqual([0.876, 1, 87.6, 0].map(percentage), ['88%', '100%', '88%', '0%']);
});

test('the first seven colours are those of the documented palette', () => {
  const expected = ['#2ca02c', '#1f77b4', '#ff7f0e', '#d62728', '#9467bd', '#8c564b', '#e377c2'];
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map((position) => colorAt(position)), expected);
});

test('a template names colours by position; the palette fills the rest', () => {
  assert.deepEqual([0, 1].map((position) => colorAt(position, ['#010203'])), ['#010203', '#1f77b4']);
});

test('fifty labels have fifty colours', () => {
  const colors = Array.from({ length: 50 }, (_, position) => colorAt(position));
  assert.equal(new Set(colors).size, 50);
  assert.ok(colors.every((color) => /^#[0-9a-f]{6}$/.test(color)));
});

test('a label is a text, or an object with names for the list and for tags', () => {
  const labels = readLabels(['bicycle', 7, { label: 'per', fullDisplayName: 'A person', shortDisplayName: 'P' }, { label: 'date', shortDisplayName: '' }]);
  assert.deepEqual(labels, [
    { name: 'bicycle', full: 'bicycle', short: 'bicycle' },
    { name: '7', full: '7', short: '7' },
    { name: 'per', full: 'A person', short: 'P' },
    { name: 'date', full: 'date', short: 'date' },
  ]);
  assert.throws(() => readLabels(['a', { name: 'b' }]), { message: 'The attribute labels must hold texts, but item 2 is {"name":"b"}' });
});

test('of very many labels the first are listed, the chosen one always, and the others counted', () => {
  const labels = ['apple', 'pear', 'plum', 'peach'].map(labelOf);
  const names = (query: string, chosen: string): unknown => {
    const { shown, left } = listed(labels, query, chosen, 2);
    return [shown.map(({ label, position }) => `${position} ${label}`), left];
  };
  assert.deepEqual(names('', 'peach'), [['0 apple', '1 pear', '3 peach'], 1]);
  assert.deepEqual(names('P', 'plum'), [['0 apple', '1 pear', '2 plum'], 1]);
  assert.deepEqual(names('plu', 'pear'), [['2 plum'], 0]);
});

test('a label that is given twice is listed once, and those behind it keep their positions', () => {
  const { shown, left } = listed(['a', 'b', 'a', 'c'].map(labelOf), '', 'a', 9);
  assert.deepEqual(shown.map(({ label, position }) => `${position} ${label}`), ['0 a', '1 b', '3 c']);
  assert.equal(left, 0);
});
