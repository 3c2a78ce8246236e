import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mask } from './mask.ts';
import { onScreen, shade } from './shading.ts';

const INKS = { fills: Uint32Array.of(0, 1, 2), lines: Uint32Array.of(0, 8, 9) };

function shown(mask: Mask, view: { scale: number; x: number; y: number }, width: number, height: number, left = 0, top = 0): string[] {
  const out = new Uint32Array(width * height);
  shade(mask, { left, top, width, height }, view, 1, INKS, out);
  return Array.from({ length: height }, (_, y) => [...out.subarray(y * width, (y + 1) * width)].join(''));
}

function square(): Mask {
  const mask = new Mask({ width: 5, height: 5 });
  for (let row = 1; row < 4; row++) mask.fill(row, 1, 4, 1);
  return mask;
}

test('a region is seen with a line around it', () => {
  assert.deepEqual(shown(square(), { scale: 1, x: 0, y: 0 }, 5, 5), ['00000', '08880', '08180', '08880', '00000']);
});

test('enlarged, moved, and beside the picture', () => {
  const mask = new Mask({ width: 2, height: 1 });
  mask.fill(0, 1, 2, 2);
  assert.deepEqual(shown(mask, { scale: 2, x: 1, y: 1 }, 6, 4), ['000000', '000990', '000990', '000000']);
});

test('a part of the screen is drawn as within the whole', () => {
  const view = { scale: 3, x: -1, y: 2 };
  const whole = shown(square(), view, 16, 18);
  assert.deepEqual(shown(square(), view, 7, 6, 4, 5), whole.slice(5, 11).map((line) => line.slice(4, 11)));
});

test('what was painted lies in the part of the screen that is drawn anew, with the lines around it', () => {
  const view = { scale: 2, x: 10, y: 20 };
  const screen = { width: 100, height: 100 };
  assert.deepEqual(onScreen({ left: 1, top: 2, width: 3, height: 4 }, view, 1, screen), { left: 11, top: 23, width: 8, height: 10 });
  assert.deepEqual(onScreen({ left: -50, top: 2, width: 500, height: 1 }, view, 2, screen), { left: 0, top: 47, width: 100, height: 6 });
  assert.equal(onScreen({ left: 400, top: 0, width: 1, height: 1 }, view, 1, screen).width, 0);
});
