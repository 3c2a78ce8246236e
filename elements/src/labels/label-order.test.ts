import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from './label.ts';
import { grouped, isWorthGrouping, UsedLabels } from './label-order.ts';

test('labels that come to be used stand behind those that were, and stay', () => {
  const used = new UsedLabels();
  const names = ['a', 'b', 'c', 'd'];
  used.grow(names, (name) => name === 'd' || name === 'b');
  assert.deepEqual(used.all, ['b', 'd']);
  used.grow(names, (name) => name === 'a');
  assert.deepEqual(used.all, ['b', 'd', 'a']);
});

test('the labels of the picture come first, then the others in their order; positions stay those of the template', () => {
  const labels = ['a', 'b', 'c', 'd', 'e'].map(labelOf);
  const { first, others, left } = grouped(labels, ['d', 'gone', 'b'], 'e', 1);
  const words = (list: typeof first): string[] => list.map(({ label, position }) => `${position} ${label}`);
  assert.deepEqual(words(first), ['3 d', '1 b']);
  assert.deepEqual(words(others), ['0 a', '4 e']);
  assert.equal(left, 1);
});

test('ten labels are seen at a glance', () => {
  const labels = (count: number): ReturnType<typeof labelOf>[] => Array.from({ length: count }, (_, index) => labelOf(`${index}`));
  assert.deepEqual([10, 11].map((count) => isWorthGrouping(labels(count))), [false, true]);
});
