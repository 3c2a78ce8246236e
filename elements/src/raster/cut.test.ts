import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../base/geometry.ts';
import { cut, split, under, type Begin } from './cut.ts';
import { drawing, rowsOf } from './mask.testing.ts';
import type { Mask } from './mask.ts';

/** Begins regions from a number on, as many as there is room for. */
const from = (first: number, room = 99): Begin => (count) => Array.from({ length: Math.min(count, room) }, (_, index) => first + index);

const at = (x: number, y: number): Point => ({ x, y });

test('each part becomes a region, the largest stays what it is', () => {
  const mask = drawing(['#..##', '...##', '##...']);
  assert.equal(split(mask, 1, from(2)), 2);
  assert.deepEqual(rowsOf(mask), ['x..##', '...##', 'oo...']);
});

test('what hangs together is not split, and nothing is begun for it', () => {
  const mask = drawing(['##.', '.##']);
  assert.equal(split(mask, 1, () => assert.fail('nothing is to be begun')), 0);
  assert.deepEqual(rowsOf(mask), ['##.', '.##']);
});

test('where there is no room for all, the larger parts become regions', () => {
  const mask = drawing(['###.##.#']);
  assert.equal(split(mask, 1, from(2, 1)), 1);
  assert.deepEqual(rowsOf(mask), ['###.oo.#']);
});

const block = (): Mask => drawing(Array.from({ length: 4 }, () => '########'));

test('a line across cuts in two without losing a pixel', () => {
  const mask = block();
  assert.equal(cut(mask, 1, [at(5, -1), at(5, 5)], from(2)), 1);
  assert.deepEqual(rowsOf(mask), Array.from({ length: 4 }, () => '#####ooo'));
  assert.deepEqual([mask.counts[1], mask.counts[2], mask.counts[0]], [20, 12, 0]);
});

test('a slanted and a bent line cut too', () => {
  for (const line of [[at(-1, -1), at(9, 5)], [at(2, -1), at(2, 2), at(6, 2), at(6, 5)]]) {
    const mask = block();
    assert.equal(cut(mask, 1, line, from(2)), 1);
    assert.equal((mask.counts[1] as number) + (mask.counts[2] as number), 32);
    assert.ok((mask.counts[1] as number) >= (mask.counts[2] as number), 'the larger piece stays');
  }
});

test('a line that does not go all the way changes nothing', () => {
  for (const line of [[at(4, -1), at(4, 2)], [at(2, 2), at(6, 2)], [at(4, 2)], [at(20, 0), at(20, 4)]]) {
    const mask = block();
    assert.equal(cut(mask, 1, line, () => assert.fail('nothing is to be begun')), 0);
    assert.deepEqual(rowsOf(mask), rowsOf(block()));
  }
});

test('other regions on the line and parts beside it stay as they are', () => {
  const mask = drawing(['####.##', '#oo#.##', '####.##', '####...']);
  cut(mask, 1, [at(-1, 2), at(5, 2)], from(3));
  assert.equal(mask.counts[2], 2);
  assert.deepEqual(rowsOf(mask).map((row) => row.slice(5)), ['##', '##', '##', '..']);
  assert.deepEqual([mask.counts[1], mask.counts[3]], [6 + 6, 8], 'of two that are as large the first stays');
});

test('two parts that a line only notches stay one region', () => {
  const mask = drawing(['####..####', '####..####', '####..####']);
  assert.equal(cut(mask, 1, [at(3, 1.5), at(7, 1.5)], () => assert.fail('nothing is to be begun')), 0);
});

test('specks that a line leaves at the rim go with their neighbour', () => {
  const mask = drawing(Array.from({ length: 40 }, () => '#'.repeat(40)));
  // It leaves the region and comes back just above its lower corner.
  assert.equal(cut(mask, 1, [at(20, -2), at(20, 37), at(38, 37), at(38, 50)], from(2)), 1);
  assert.equal((mask.counts[1] as number) + (mask.counts[2] as number), 1600);
});

test('where a region is no wider than the line, it stays', () => {
  const mask = drawing(['##', '##']);
  assert.equal(cut(mask, 1, [at(1, -1), at(1, 3)], from(2)), 0);
  assert.deepEqual(rowsOf(mask), ['##', '##']);
});

test('a line is meant for the region that has the most of it', () => {
  const mask = drawing(['##oooo', '##oooo', '......']);
  const line = [at(0, 1), at(6, 1)];
  assert.equal(under(mask, line, () => true), 2);
  assert.equal(under(mask, line, (region) => region !== 2), 1);
  assert.equal(under(mask, [at(0, 8), at(6, 8)], () => true), 0);
});
