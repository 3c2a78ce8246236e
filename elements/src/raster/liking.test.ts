import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likedOpacity, likedSizes, likedTool } from './liking.ts';

test('a tool is liked with which work can begin', () => {
  assert.deepEqual(['lasso', 'select', 'eraser', 'split', 'laser', 3, null, undefined].map(likedTool), ['lasso', 'select', undefined, undefined, undefined, undefined, undefined, undefined]);
});

test('sizes are liked one by one, where there are such brushes', () => {
  assert.deepEqual(likedSizes({ brush: 40, eraser: 8 }), { brush: 40, eraser: 8 });
  assert.deepEqual(likedSizes({ brush: 40.5, eraser: 8, pen: 3 }), { eraser: 8 });
  for (const value of [undefined, null, 3, 'x', [40], { brush: 0 }, { brush: 401 }, { brush: '40' }]) assert.deepEqual(likedSizes(value), {});
});

test('an opacity is liked from nothing to all', () => {
  assert.deepEqual([0, 0.4, 1, -0.1, 1.1, '1', null].map(likedOpacity), [0, 0.4, 1, undefined, undefined, undefined, undefined]);
});
