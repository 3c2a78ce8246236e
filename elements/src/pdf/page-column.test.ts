import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GAP, PageColumn, sensibleSize } from './page-column.ts';

const A4 = { width: 600, height: 800 };

test('pages lie below each other, with a gap around each', () => {
  const column = new PageColumn(3, A4);

  assert.deepEqual([0, 1, 2].map((page) => column.topOf(page)), [GAP, 2 * GAP + 800, 3 * GAP + 1600]);
  assert.equal(column.height, 4 * GAP + 2400);
});

test('a page of another size moves those behind it', () => {
  const column = new PageColumn(3, A4);

  assert.equal(column.setSize(0, A4), false);
  assert.equal(column.setSize(1, { width: 900, height: 100 }), true);
  assert.equal(column.topOf(2), 3 * GAP + 900);
  assert.equal(column.widest, 900);
});

test('the page at a height is found, past the ends the last and the first', () => {
  const column = new PageColumn(10_000, A4);
  column.scale = 0.5;

  assert.equal(column.at(column.topOf(7_000) + 1), 7_000);
  assert.equal(column.at(-100), 0);
  assert.equal(column.at(1e9), 9_999);
  assert.deepEqual(column.between(column.topOf(3), column.topOf(5)), { from: 3, to: 5 });
});

test('a document without pages has none', () => {
  const column = new PageColumn(0, A4);

  assert.deepEqual(column.between(0, 100), { from: 0, to: 0 });
});

test('a size that no sheet has is not believed', () => {
  assert.deepEqual(sensibleSize({ width: 300, height: Number.NaN }), { width: 300, height: 842 });
  assert.deepEqual(sensibleSize({ width: -5, height: 1e9 }), { width: 595, height: 842 });
});
