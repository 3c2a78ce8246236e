import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dense, isComplete, ranked, stepped, unranked, type Ranks } from './ranking.ts';

const none = undefined;

test('without ties, those between make room', () => {
  const full: Ranks = [1, 2, 3, 4];
  assert.deepEqual(ranked(full, 3, 1, false), [2, 3, 4, 1]);
  assert.deepEqual(ranked(full, 0, 3, false), [3, 1, 2, 4]);
  assert.deepEqual(ranked(full, 1, 2, false), full);
});

test('without ties, a response that had no rank pushes others to the next free one', () => {
  assert.deepEqual(ranked([1, none, 2, none], 1, 1, false), [2, 1, 3, none]);
  assert.deepEqual(ranked([none, 3, 4, none], 0, 4, false), [4, 2, 3, none]);
  assert.deepEqual(ranked([none, 1], 0, 2, false), [2, 1]);
});

test('with ties, nobody moves', () => {
  assert.deepEqual(ranked([1, 2, 3], 2, 1, true), [1, 2, 1]);
  assert.deepEqual(ranked([1, 2, 3], 0, none, true), [none, 2, 3]);
});

test('answers have ranks without gaps', () => {
  assert.deepEqual(dense([1, 1, 3]), [1, 1, 2]);
  assert.deepEqual(dense([4, 2, 4]), [2, 1, 2]);
});

test('all are ranked when none is left', () => {
  assert.equal(isComplete(unranked(2)), false);
  assert.equal(isComplete([2, 1]), true);
  assert.equal(isComplete([]), true);
});

test('steps lead from no rank to the last and back', () => {
  assert.deepEqual([stepped(none, 1, 2), stepped(1, 1, 2), stepped(2, 1, 2)], [1, 2, 2]);
  assert.deepEqual([stepped(2, -1, 2), stepped(1, -1, 2), stepped(none, -1, 2)], [1, none, none]);
});
