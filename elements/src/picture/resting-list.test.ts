import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shape } from './shapes/shape.ts';
import { isCurrent } from './resting-list.ts';

const shape = (id: number): Shape => ({ id, label: 'a' });
const [one, two, three] = [shape(1), shape(2), shape(3)];
const none = new Set<number>();

test('a painting of the same shapes is current, of others it is not', () => {
  assert.equal(isCurrent([one, two], [one, two], none, undefined), true);
  assert.equal(isCurrent([one, two], [one, two, three], none, undefined), false);
  assert.equal(isCurrent([one, two, three], [one, two], none, undefined), false);
  assert.equal(isCurrent([one, two], [one, shape(2)], none, undefined), false);
});

test('the active one may be missing, changed or painted', () => {
  assert.equal(isCurrent([one, three], [one, two, three], new Set([2]), undefined), true);
  assert.equal(isCurrent([one, three], [one, shape(2), three], new Set([2]), undefined), true);
  assert.equal(isCurrent([one, two, three], [one, two, three], new Set([2]), undefined), true);
});

test('the one on the move may not be painted, nor one that is gone or was let go of', () => {
  assert.equal(isCurrent([one, two], [one, two], new Set([2]), 2), false);
  assert.equal(isCurrent([one, two], [one], new Set([2]), undefined), false);
  assert.equal(isCurrent([one], [one, two], none, undefined), false);
});
