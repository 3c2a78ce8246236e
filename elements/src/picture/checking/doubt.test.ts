import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byDoubt, type Doubted } from './doubt.ts';

const at = (id: number, left: number, top: number, score?: number, size = 20): Doubted => ({ id, score, bounds: { left, top, width: size, height: size } });

test('the lowest score comes first, whether it is a share or a percentage; what is equal stays in its order', () => {
  assert.deepEqual(byDoubt([at(1, 0, 0, 0.9), at(2, 0, 0, 30), at(3, 0, 0, 0.5), at(4, 0, 0, 0.3), at(5, 0, 0, 0)]), [5, 2, 4, 3, 1]);
});

test('those without a score come after them, line by line', () => {
  const items = [at(1, 200, 104), at(2, 10, 100), at(3, 90, 8), at(4, 300, 0), at(5, 0, 0, 0.99), at(6, 5, 400)];
  assert.deepEqual(byDoubt(items), [5, 3, 4, 2, 1, 6]);
});

test('points that lie almost beside each other are in one line', () => {
  assert.deepEqual(byDoubt([at(1, 300, 0, undefined, 0), at(2, 10, 4, undefined, 0), at(3, 100, 400, undefined, 0)]), [2, 1, 3]);
});
