import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aim } from './aim.ts';

test('with nothing selected, the shape under the pointer is meant', () => {
  const aim = new Aim();
  assert.equal(aim.of(undefined, false), undefined);
  aim.point(7, { x: 10, y: 10 });
  assert.equal(aim.of(undefined, false), 7);
  aim.point(undefined, undefined);
  assert.equal(aim.of(undefined, false), undefined);
});

test('a pointer that lies still takes nothing over from what was selected by key', () => {
  const aim = new Aim();
  aim.point(7, { x: 10, y: 10 });
  aim.settle();
  aim.point(7, { x: 12, y: 11 });
  assert.equal(aim.of(3, false), 3);
  aim.point(8, { x: 20, y: 10 });
  assert.equal(aim.of(3, false), 8);
  aim.point(undefined, { x: 90, y: 10 });
  assert.equal(aim.of(3, false), 3, 'beside all shapes it means none');
});

test('from what was just drawn the pointer has to go farther', () => {
  const aim = new Aim();
  aim.point(undefined, { x: 10, y: 10 });
  aim.settle();
  aim.point(7, { x: 25, y: 10 });
  assert.deepEqual([aim.of(3, true), aim.of(3, false)], [3, 7]);
  aim.point(7, { x: 60, y: 10 });
  assert.equal(aim.of(3, true), 7);
});

test('a pointer that comes onto the picture has moved', () => {
  const aim = new Aim();
  aim.settle();
  aim.point(7, { x: 10, y: 10 });
  assert.equal(aim.of(3, false), 7);
});
