import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POINT, type Keypoint } from './point.ts';

const picture = { width: 200, height: 100 };
const point = (x: number, y: number): Keypoint => ({ id: 1, label: 'elbow', x, y });
const place = (shape: Keypoint | undefined): number[] | undefined => shape && [shape.x, shape.y];

test('a point in the picture is as it was given, fractions included', () => {
  const inside = point(10.4, 99);
  assert.equal(POINT.within(inside, picture), inside);
});

test('a point on the far edge belongs to the last pixel, one outside to none', () => {
  assert.deepEqual(place(POINT.within(point(200, 99.7), picture)), [199, 99]);
  for (const outside of [point(-0.5, 10), point(201, 10), point(10, 100.1)]) assert.equal(POINT.within(outside, picture), undefined);
});

test('a point moves by whole pixels and stays in the picture', () => {
  assert.deepEqual(place(POINT.move(point(10.4, 10), 1, -1, picture)), [11, 9]);
  assert.deepEqual(place(POINT.move(point(10, 10), 500, -500, picture)), [199, 0]);
});
