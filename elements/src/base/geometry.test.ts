import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, contains, cutRect, moveRect, snap, snapRect } from './geometry.ts';

const picture = { width: 100, height: 50 };

test('a rectangle comes from two corners in any order', () => {
  const expected = { left: 10, top: 5, width: 20, height: 30 };
  assert.deepEqual(between({ x: 30, y: 35 }, { x: 10, y: 5 }), expected);
  assert.deepEqual(between({ x: 10, y: 35 }, { x: 30, y: 5 }), expected);
});

test('a point snaps to the nearest pixel corner inside the picture', () => {
  assert.deepEqual(snap({ x: 12.4, y: 12.6 }, picture), { x: 12, y: 13 });
  assert.deepEqual(snap({ x: -3, y: 80 }, picture), { x: 0, y: 50 });
});

test('a rectangle is cut to the picture and stays at least one pixel', () => {
  assert.deepEqual(snapRect({ left: -10, top: 40.4, width: 30, height: 30 }, picture), { left: 0, top: 40, width: 20, height: 10 });
  assert.deepEqual(snapRect({ left: 120, top: 70, width: 5, height: 5 }, picture), { left: 99, top: 49, width: 1, height: 1 });
});

test('a moved rectangle keeps its size at the border', () => {
  assert.deepEqual(moveRect({ left: 10, top: 10, width: 20, height: 20 }, 500, -500, picture), { left: 80, top: 0, width: 20, height: 20 });
});

test('a margin widens what a rectangle contains', () => {
  const rect = { left: 10, top: 10, width: 10, height: 10 };
  assert.equal(contains(rect, { x: 22, y: 15 }), false);
  assert.equal(contains(rect, { x: 22, y: 15 }, 3), true);
});

const CUTS: [string, [number, number, number, number], [number, number, number, number] | 'as it is' | 'nothing'][] = [
  ['inside', [10, 10, 20, 20], 'as it is'],
  ['the whole picture', [0, 0, 100, 50], 'as it is'],
  ['fractions inside', [10.4, 10.4, 20.2, 20.2], 'as it is'],
  ['over the left and the lower edge', [-20, 30, 30, 5000], [0, 30, 10, 20]],
  ['over every edge, by far', [-1e308, -5, 1.7e308, 500], [0, 0, 100, 50]],
  ['around the picture', [-5, -5, 500, 500], [0, 0, 100, 50]],
  ['rounded over the edge', [50.5, 0, 49.5, 10], [51, 0, 49, 10]],
  ['beside the picture', [100, 10, 20, 20], 'nothing'],
  ['above the picture', [10, -20, 20, 20], 'nothing'],
  ['without width', [10, 10, 0, 20], 'nothing'],
  ['of negative height', [10, 30, 20, -20], 'nothing'],
  ['of less than half a pixel', [10, 10, 0.4, 20], 'nothing'],
];

for (const [name, [left, top, width, height], expected] of CUTS) {
  test(`a rectangle is cut to the picture: ${name}`, () => {
    const rect = { left, top, width, height };
    const cut = cutRect(rect, picture);
    if (expected === 'as it is') assert.equal(cut, rect);
    else assert.deepEqual(cut && [cut.left, cut.top, cut.width, cut.height], expected === 'nothing' ? undefined : expected);
  });
}
