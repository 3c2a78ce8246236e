import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../../base/geometry.ts';
import { crossesItself, cutSegment, distanceTo, meet, type Segment } from './segments.ts';

const points = (...numbers: number[]): Point[] => numbers.flatMap((x, index) => (index % 2 === 0 ? { x, y: numbers[index + 1] as number } : []));
const segment = (...numbers: [number, number, number, number]): Segment => points(...numbers) as unknown as Segment;

test('the distance to a segment is that to its nearest point', () => {
  assert.equal(distanceTo(segment(0, 0, 10, 0), { x: 4, y: 3 }), 3);
  assert.equal(distanceTo(segment(0, 0, 10, 0), { x: 14, y: 3 }), 5);
  assert.equal(distanceTo(segment(2, 2, 2, 2), { x: 5, y: 6 }), 5);
});

test('segments meet where they cross, touch or lie upon each other', () => {
  const one = segment(0, 0, 10, 10);
  assert.equal(meet(one, segment(0, 10, 10, 0)), true);
  assert.equal(meet(one, segment(5, 5, 9, 0)), true);
  assert.equal(meet(one, segment(2, 2, 20, 20)), true);
  assert.equal(meet(one, segment(1, 0, 11, 10)), false);
  assert.equal(meet(one, segment(11, 11, 20, 20)), false);
});

test('a path crosses itself where edges meet that do not follow each other', () => {
  const bow = points(0, 0, 10, 10, 10, 0, 0, 10);
  assert.deepEqual([crossesItself(bow, true), crossesItself(bow, false)], [true, true]);
  const square = points(0, 0, 10, 0, 10, 10, 0, 10);
  assert.deepEqual([crossesItself(square, true), crossesItself(square, false)], [false, false]);
});

test('only the edge that closes a polygon may cross', () => {
  const spiral = points(0, 0, 10, 0, 10, 10, 3, 10, 3, 2, 5, 5);
  assert.deepEqual([crossesItself(spiral, false), crossesItself(spiral, true)], [false, true]);
});

test('an edge that turns back upon the one before it crosses it, one that goes straight on does not', () => {
  assert.equal(crossesItself(points(0, 0, 10, 0, 4, 0), false), true);
  assert.equal(crossesItself(points(0, 0, 10, 0, 20, 0), false), false);
  assert.equal(crossesItself(points(0, 0, 10, 0, 10, 10, -5, 0, 3, 0), true), true);
});

test('a segment is cut to the picture, and gone where it only passes by', () => {
  const picture = { width: 100, height: 50 };
  assert.deepEqual(cutSegment(segment(-10, 25, 110, 25), picture), segment(0, 25, 100, 25));
  assert.deepEqual(cutSegment(segment(50, 40, 50, 60), picture), segment(50, 40, 50, 50));
  assert.equal(cutSegment(segment(-20, 10, 20, -30), picture), undefined);
  assert.equal(cutSegment(segment(10, 60, 90, 60), picture), undefined);
});
