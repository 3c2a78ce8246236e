import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../item-list.ts';
import { rowsOf, windowOf, type Sort } from './object-order.ts';

const ITEMS: Item[] = [
  { id: 11, label: 'car', score: 0.9 },
  { id: 12, label: 'Bückling', score: 0.31 },
  { id: 13, label: 'car 2' },
  { id: 14, label: 'truck', score: 45 },
];

const numbers = (query: string, sort: Sort = 'order'): number[] => rowsOf(ITEMS, query, sort, (label) => label).map(({ number }) => number);

test('a search finds a part of a label, whatever its case and its accents', () => {
  assert.deepEqual(numbers('CAR'), [1, 3]);
  assert.deepEqual(numbers('buck'), [2]);
  assert.deepEqual(numbers('bus'), []);
  assert.deepEqual(numbers('  '), [1, 2, 3, 4]);
});

test('a number finds the object with it, and labels that hold it', () => {
  assert.deepEqual(numbers('2'), [2, 3]);
  assert.deepEqual(numbers('#4'), [4]);
});

test('scores are found by limits and ranges, as shares and as percentages', () => {
  assert.deepEqual(numbers('<0.5'), [2, 4]);
  assert.deepEqual(numbers('< 40%'), [2]);
  assert.deepEqual(numbers('>=.9'), [1]);
  assert.deepEqual(numbers('≤45'), [2, 4]);
  assert.deepEqual(numbers('0.3-0.5'), [2, 4]);
  assert.deepEqual(numbers('40% .. 95%'), [1, 4]);
  assert.deepEqual(numbers('car >0.5'), [1]);
});

test('by doubt, the least sure come first and what has no score last, in its order', () => {
  assert.deepEqual(numbers('', 'doubt'), [2, 4, 1, 3]);
});

test('only rows near the screen are there', () => {
  assert.deepEqual(windowOf(0, 360, 36, 5000), { start: 0, end: 16 });
  assert.deepEqual(windowOf(3600, 360, 36, 5000), { start: 94, end: 116 });
  assert.deepEqual(windowOf(180_000, 360, 36, 5000), { start: 4994, end: 5000 });
  assert.deepEqual(windowOf(0, 360, 36, 0), { start: 0, end: 0 });
});
