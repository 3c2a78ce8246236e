import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapToEdges, type Pixels } from './edges.ts';

/** Pixels whose grey is asked of a function of their place in the picture. */
function pixels(grey: (x: number, y: number) => number, { left = 0, top = 0, width = 60, height = 60 } = {}): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.fill(grey(left + x, top + y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { left, top, width, height, data };
}

const square = (x: number, y: number): number => (x >= 20 && x < 40 && y >= 15 && y < 35 ? 200 : 60);

test('a point near a corner of what is seen snaps to it on both axes', () => {
  assert.deepEqual(snapToEdges(pixels(square), { x: 22.4, y: 13.1 }, 6), { x: 20, y: 15 });
  assert.deepEqual(snapToEdges(pixels(square), { x: 38, y: 36 }, 6), { x: 40, y: 35 });
});

test('along a side only the coordinate across it snaps', () => {
  assert.deepEqual(snapToEdges(pixels(square), { x: 18, y: 25 }, 4), { x: 20, y: 25 });
});

test('beyond its reach, and where nothing is seen, a point stays where it is', () => {
  assert.deepEqual(snapToEdges(pixels(square), { x: 10, y: 25 }, 6), { x: 10, y: 25 });
  assert.deepEqual(snapToEdges(pixels((x) => (x % 2) * 4), { x: 30.5, y: 30.5 }, 6), { x: 30.5, y: 30.5 });
});

test('of two edges the stronger one is meant, of two alike the nearer one', () => {
  const steps = (x: number): number => (x < 20 ? 0 : x < 26 ? 40 : 240);
  assert.equal(snapToEdges(pixels(steps), { x: 22, y: 30 }, 6).x, 26);
  const stripe = (x: number): number => (x >= 20 && x < 26 ? 200 : 0);
  assert.equal(snapToEdges(pixels(stripe), { x: 22, y: 30 }, 6).x, 20);
  assert.equal(snapToEdges(pixels(stripe), { x: 24, y: 30 }, 6).x, 26);
});

test('a soft edge is found in its middle', () => {
  const soft = (x: number): number => Math.min(Math.max((x - 28) * 50, 0), 200);
  assert.ok([30, 31].includes(snapToEdges(pixels(soft), { x: 27, y: 30 }, 6).x));
});

test('pixels count from where they lie in the picture, and end at its edge', () => {
  const part = pixels((x) => (x >= 1005 ? 255 : 0), { left: 1000, top: 500, width: 12, height: 12 });
  assert.deepEqual(snapToEdges(part, { x: 1003, y: 506 }, 4), { x: 1005, y: 506 });
  assert.deepEqual(snapToEdges(part, { x: 5, y: 5 }, 4), { x: 5, y: 5 });
});
