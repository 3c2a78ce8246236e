import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, scaleOf, shareOf, within } from './scale.ts';

test('a scale goes from 0 to 100 in steps of 1 where nothing else is said', () => {
  assert.deepEqual(scaleOf(null, '', 'x'), { min: 0, max: 100, step: 1 });
  assert.deepEqual(scaleOf('1', '10', '0.01'), { min: 1, max: 10, step: 0.01 });
});

test('a scale that ends before it begins has one value', () => {
  assert.deepEqual(scaleOf('5', '1', '-1'), { min: 5, max: 5, step: 1 });
  assert.equal(shareOf(scaleOf('5', '1', '1'), 5), 0);
});

test('only numbers are numbers', () => {
  assert.deepEqual(['', ' ', 'abc', null, undefined, 'Infinity', '5.5', 0].map(numberOf), [undefined, undefined, undefined, undefined, undefined, undefined, 5.5, 0]);
});

test('a value stays on the scale', () => {
  const scale = scaleOf('1', '5', '1');
  assert.deepEqual([0, 3.3, 9].map((value) => within(scale, value)), [1, 3.3, 5]);
  assert.deepEqual([0, 3, 9].map((value) => shareOf(scale, value)), [0, 0.5, 1]);
});
