import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Side } from '../../base/geometry.ts';
import { BOX, type Box } from './box.ts';
import { shapesAt } from './shape.ts';

const picture = { width: 200, height: 100 };
const box = (left: number, top: number, width: number, height: number, id = 1): Box => ({ id, label: 'car', left, top, width, height });

test('corners and sides are handles, the inside is not', () => {
  const at = (x: number, y: number): string | undefined => BOX.handleAt(box(50, 20, 80, 60), { x, y }, 5, 1)?.name;
  assert.deepEqual([at(49, 19), at(80, 22), at(132, 18), at(131, 50), at(130, 82), at(80, 81), at(50, 80), at(47, 50)], [
    'nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w',
  ]);
  assert.equal(at(80, 40), undefined);
  assert.equal(at(30, 40), undefined);
});

test('the middle of a tiny box can be grabbed', () => {
  const at = (x: number, y: number): string | undefined => BOX.handleAt(box(50, 20, 4, 4), { x, y }, 5, 1)?.name;
  assert.deepEqual([at(50, 20), at(52, 22), at(54, 24)], [undefined, undefined, undefined]);
  assert.deepEqual([at(42, 12), at(52, 12), at(62, 22)], ['nw', 'n', 'e']);
});

/** Where the box is after its handle `name` was dragged to a point. */
function dragged(name: string, to: { x: number; y: number }): number[] {
  const before = box(50, 20, 60, 40);
  const handle = BOX.handles(before).find((candidate) => candidate.name === name);
  assert.ok(handle);
  const { left, top, width, height } = BOX.moveHandle(before, handle, to, picture) as Box;
  return [left, top, width, height];
}

test('a corner moves two sides, a side one', () => {
  assert.deepEqual(dragged('se', { x: 120.4, y: 70.6 }), [50, 20, 70, 51]);
  assert.deepEqual(dragged('w', { x: 40, y: 99 }), [40, 20, 70, 40]);
});

test('a handle dragged past the opposite side turns the box over', () => {
  assert.deepEqual(dragged('nw', { x: 130, y: 80 }), [110, 60, 20, 20]);
});

test('a handle stops at the border of the picture', () => {
  assert.deepEqual(dragged('ne', { x: 999, y: -50 }), [50, 0, 150, 60]);
});

test('of the boxes under a point the smallest comes first', () => {
  const at = { x: 15, y: 15 };
  const boxes = shapesAt(BOX, [box(0, 0, 100, 100, 1), box(10, 10, 20, 20, 2), box(60, 60, 5, 5, 3)], at, (shape) => BOX.contains(shape, at, 0));
  assert.deepEqual(boxes.map(({ id }) => id), [2, 1]);
});

test('a side moves alone, stays in the picture and stops before the opposite one', () => {
  const side = (name: Side, by: number): number[] | undefined => {
    const moved = BOX.moveSide?.(box(50, 20, 60, 40), name, by, picture);
    return moved && [moved.left, moved.top, moved.width, moved.height];
  };
  assert.deepEqual([side('left', -12), side('right', -12), side('top', 5), side('bottom', 1)], [
    [38, 20, 72, 40], [50, 20, 48, 40], [50, 25, 60, 35], [50, 20, 60, 41],
  ]);
  assert.deepEqual([side('left', -99), side('right', 999), side('left', 99), side('bottom', -99)], [
    [0, 20, 110, 40], [50, 20, 150, 40], [109, 20, 1, 40], [50, 20, 60, 1],
  ]);
});
