import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxesAt, handleAt, resize, written, type Box } from './box.ts';

const picture = { width: 200, height: 100 };
const box = (left: number, top: number, width: number, height: number, id = 1): Box => ({ id, label: 'car', left, top, width, height });

test('corners and sides are handles, the inside is not', () => {
  const at = (x: number, y: number): string | undefined => handleAt(box(50, 20, 60, 40), { x, y }, 5);
  assert.deepEqual([at(49, 19), at(80, 22), at(112, 18), at(111, 40), at(110, 62), at(80, 61), at(50, 60), at(47, 40)], [
    'nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w',
  ]);
  assert.equal(at(80, 40), undefined);
  assert.equal(at(30, 40), undefined);
});

test('the middle of a tiny box can be grabbed', () => {
  assert.equal(handleAt(box(50, 20, 4, 4), { x: 52, y: 22 }, 5), undefined);
  assert.equal(handleAt(box(50, 20, 4, 4), { x: 48, y: 18 }, 5), 'nw');
});

test('a corner moves two sides, a side one', () => {
  const { id: _, label: __, ...rect } = box(50, 20, 60, 40);
  assert.deepEqual(resize(rect, 'se', { x: 120.4, y: 70.6 }, picture), { left: 50, top: 20, width: 70, height: 51 });
  assert.deepEqual(resize(rect, 'w', { x: 40, y: 99 }, picture), { left: 40, top: 20, width: 70, height: 40 });
});

test('a handle dragged past the opposite side turns the box over', () => {
  assert.deepEqual(resize(box(50, 20, 60, 40), 'nw', { x: 130, y: 80 }, picture), { left: 110, top: 60, width: 20, height: 20 });
});

test('a handle stops at the border of the picture', () => {
  assert.deepEqual(resize(box(50, 20, 60, 40), 'ne', { x: 999, y: -50 }, picture), { left: 50, top: 0, width: 150, height: 60 });
});

test('of the boxes under a point the smallest comes first', () => {
  const boxes = boxesAt([box(0, 0, 100, 100, 1), box(10, 10, 20, 20, 2), box(60, 60, 5, 5, 3)], { x: 15, y: 15 }, 0);
  assert.deepEqual(boxes.map(({ id }) => id), [2, 1]);
});

test('an answer holds whole numbers under keys in alphabetical order', () => {
  const expected = '{"height":41,"label":"car","left":50,"top":20,"width":60}';
  assert.equal(JSON.stringify(written(box(50.4, 19.6, 60, 40.5))), expected);
});
