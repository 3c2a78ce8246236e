import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfPixels } from './jpeg-pixels.ts';

const end = (...bytes: number[]): number => endOfPixels(Uint8Array.from(bytes));

test('pixels end at the last marker of the first picture', () => {
  const head = [0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9]; // a segment that holds the end of a small picture
  const scan = [0xff, 0xda, 0, 2, 1, 0xff, 0, 0xff, 0xd0, 2];
  const there = head.length + scan.length;

  assert.equal(end(...head, ...scan, 0xff, 0xd9), there);
  assert.equal(end(...head, ...scan, 0xff, 0xd9, ...head, 0xff, 0xd9), there);
  assert.equal(end(...head, ...scan, ...scan, 0xff, 0xff, 0xd9), there + scan.length + 1);
});

test('without a last marker they end where the file does', () => {
  assert.equal(end(0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2), 8);
  assert.equal(end(0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 0xff), 8);
  assert.equal(end(0xff, 0xd8, 0xff), 3);
});
