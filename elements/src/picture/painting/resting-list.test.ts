import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shape } from '../shapes/shape.ts';
import { changesOf, type Changes } from './resting-list.ts';

const shape = (id: number): Shape => ({ id, label: 'a' });
const [one, two, three] = [shape(1), shape(2), shape(3)];
const none = new Set<number>();
const nothing: Changes<Shape> = { gone: [], come: [] };

test('a painting of the same shapes is current, of others it is not', () => {
  const another = shape(2);
  assert.deepEqual(changesOf([one, two], [one, two], none, undefined), nothing);
  assert.deepEqual(changesOf([one, two], [one, two, three], none, undefined), { gone: [], come: [three] });
  assert.deepEqual(changesOf([one, two, three], [one, two], none, undefined), { gone: [three], come: [] });
  assert.deepEqual(changesOf([one, two, three], [one, another, three], none, undefined), { gone: [two], come: [another] });
  assert.deepEqual(changesOf([], [one], none, undefined), { gone: [], come: [one] });
  assert.deepEqual(changesOf([one, two, three], [three], none, undefined), { gone: [one, two], come: [] });
});

test('the active one may be missing, changed or painted', () => {
  assert.deepEqual(changesOf([one, three], [one, two, three], new Set([2]), undefined), nothing);
  assert.deepEqual(changesOf([one, three], [one, shape(2), three], new Set([2]), undefined), nothing);
  assert.deepEqual(changesOf([one, two, three], [one, two, three], new Set([2]), undefined), nothing);
});

test('the one on the move may not be painted, nor one that is gone or was let go of', () => {
  assert.deepEqual(changesOf([one, two], [one, two], new Set([2]), 2), { gone: [two], come: [] });
  assert.deepEqual(changesOf([one, two], [one], new Set([2]), undefined), { gone: [two], come: [] });
  assert.deepEqual(changesOf([one], [one, two], none, undefined), { gone: [], come: [two] });
});

test('a changed active one is painted as it was, which has to go', () => {
  assert.deepEqual(changesOf([one, two], [one, shape(2)], new Set([2]), undefined), { gone: [two], come: [] });
});
