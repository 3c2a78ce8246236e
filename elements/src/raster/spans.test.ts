import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mask } from './mask.ts';
import { flood, polygon, settle, stroke } from './spans.ts';

function drawn(width: number, height: number, draw: (mask: Mask) => void): string[] {
  const mask = new Mask({ width, height });
  draw(mask);
  return Array.from({ length: height }, (_, row) => [...mask.cells.subarray(row * width, (row + 1) * width)].map((cell) => '.#o'[cell]).join(''));
}

const dab = (diameter: number) => (mask: Mask) => {
  const point = settle({ x: 3.2, y: 3.4 }, diameter);
  stroke(point, point, diameter, mask.filler(1));
};

test('a brush of one pixel paints the pixel under it, larger ones a disc about it', () => {
  assert.deepEqual(drawn(5, 5, dab(1)), ['.....', '.....', '.....', '...#.', '.....']);
  assert.deepEqual(drawn(6, 6, dab(2)), ['......', '......', '..##..', '..##..', '......', '......']);
  assert.deepEqual(drawn(7, 7, dab(5)), ['.......', '..###..', '.#####.', '.#####.', '.#####.', '..###..', '.......']);
});

test('a stroke leaves no gap, whichever way it goes', () => {
  const line = (from: [number, number], to: [number, number]) =>
    drawn(7, 4, (mask) => stroke({ x: from[0] + 0.5, y: from[1] + 0.5 }, { x: to[0] + 0.5, y: to[1] + 0.5 }, 1, mask.filler(1)));
  assert.deepEqual(line([0, 1], [6, 1]), ['.......', '#######', '.......', '.......']);
  const slanted = line([0, 0], [6, 3]);
  assert.deepEqual(slanted, line([6, 3], [0, 0]));
  for (let column = 0; column < 7; column++) assert.ok(slanted.some((row) => row[column] === '#'), `column ${column}`);
});

test('a thick slanted stroke holds all between its ends', () => {
  const rows = drawn(9, 9, (mask) => stroke({ x: 2.5, y: 2.5 }, { x: 6.5, y: 6.5 }, 3, mask.filler(1)));
  assert.deepEqual(rows, ['.........', '.###.....', '.####....', '.#####...', '..#####..', '...#####.', '....####.', '.....###.', '.........']);
});

test('a polygon holds the pixels whose middle it goes around, also where it crosses itself', () => {
  const square = [{ x: 1, y: 1 }, { x: 4, y: 1 }, { x: 4, y: 3 }, { x: 1, y: 3 }];
  assert.deepEqual(drawn(5, 4, (mask) => polygon(square, 4, mask.filler(1))), ['.....', '.###.', '.###.', '.....']);
  const twice = [...square, ...square];
  assert.deepEqual(drawn(5, 4, (mask) => polygon(twice, 4, mask.filler(1))), ['.....', '.###.', '.###.', '.....']);
  const outside = [{ x: -9, y: -9 }, { x: 99, y: -9 }, { x: 99, y: 99 }, { x: -9, y: 99 }];
  assert.deepEqual(drawn(3, 2, (mask) => polygon(outside, 2, mask.filler(1))), ['###', '###']);
});

test('what hangs together side by side is filled, and nothing past a border or a corner', () => {
  const rows = drawn(6, 4, (mask) => {
    for (const [row, start, end] of [[0, 3, 4], [1, 3, 4], [2, 1, 3], [3, 1, 2]] as const) mask.fill(row, start, end, 2);
    flood(mask, { x: 0, y: 3 }, 1);
  });
  assert.deepEqual(rows, ['###o..', '###o..', '#oo...', '#o....']);
});

test('filling a region with itself, or beside the picture, changes nothing', () => {
  assert.deepEqual(drawn(2, 1, (mask) => flood(mask, { x: 0, y: 0 }, 0)), ['..']);
  assert.deepEqual(drawn(2, 1, (mask) => flood(mask, { x: 2, y: 0 }, 1)), ['..']);
});
