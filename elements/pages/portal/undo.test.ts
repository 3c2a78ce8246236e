import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reading } from './undo.ts';

test('a second that has begun counts', () => {
  assert.deepEqual([10_000, 9001, 9000, 1, 0].map((left) => reading(left, 0)), ['(10 s)', '(10 s)', '(9 s)', '(1 s)', '(0 s)']);
});
