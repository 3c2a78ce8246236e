import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAND, Mask, stretched } from './mask.ts';

const rows = (mask: Mask): string[] =>
  Array.from({ length: mask.height }, (_, row) => [...mask.cells.subarray(row * mask.width, (row + 1) * mask.width)].join(''));

test('spans are cut to the picture, and pixels are counted', () => {
  const mask = new Mask({ width: 4, height: 3 });
  mask.fill(-1, 0, 4, 1);
  mask.fill(0, -5, 2, 1);
  mask.fill(1, 1, 99, 2);
  mask.fill(0, 1, 3, 2);
  assert.deepEqual(rows(mask), ['1220', '0222', '0000']);
  assert.deepEqual([...mask.counts.subarray(0, 3)], [6, 1, 5]);
});

test('what was painted is told once', () => {
  const mask = new Mask({ width: 9, height: 9 });
  mask.fill(2, 3, 5, 1);
  mask.fill(4, 1, 2, 1);
  assert.deepEqual(mask.takePainted(), { left: 1, top: 2, width: 4, height: 3 });
  assert.equal(mask.takePainted(), undefined);
});

test('a region can be given to another one, and has bounds', () => {
  const mask = new Mask({ width: 5, height: 4 });
  mask.fill(1, 1, 3, 7);
  mask.fill(2, 2, 4, 7);
  assert.deepEqual(mask.boundsOf(7), { left: 1, top: 1, width: 3, height: 2 });
  mask.replace([7], 2);
  assert.deepEqual(rows(mask), ['00000', '02200', '00220', '00000']);
  assert.deepEqual([mask.counts[7], mask.counts[2], mask.counts[0]], [0, 4, 16]);
  assert.deepEqual(mask.boundsOf(7), { left: 0, top: 0, width: 0, height: 0 });
});

test('only bands that were painted are packed anew, and equal pixels are equal texts', () => {
  const mask = new Mask({ width: 10, height: 3 * BAND - 1 });
  const before = mask.pack();
  assert.equal(mask.pack(), before);
  mask.fill(BAND, 0, 10, 3);
  const after = mask.pack();
  assert.deepEqual(after.map((text, band) => text === before[band]), [true, false, true]);
  mask.fill(BAND, 0, 10, 0);
  assert.deepEqual(mask.pack(), before);
});

test('packed bands bring back pixels and counts', () => {
  const mask = new Mask({ width: 10, height: 2 * BAND + 5 });
  for (let row = 0; row < mask.height; row += 3) mask.fill(row, row % 7, 9, 1 + (row % 40) * 1500);
  const other = new Mask(mask);
  assert.equal(other.unpack(mask.pack()), true);
  assert.deepEqual(other.cells, mask.cells);
  assert.deepEqual(other.counts, mask.counts);
});

test('bands that are not of this mask change nothing', () => {
  const mask = new Mask({ width: 2, height: 2 });
  mask.fill(0, 0, 2, 1);
  const [band = ''] = mask.pack();
  for (const bands of [[], [band, band], [''], [`${band}A`], [band.slice(0, -1)], ['!!'], ['ÿé'], ['////////'], [new Mask({ width: 3, height: 2 }).pack()[0] as string]]) {
    assert.equal(mask.unpack(bands), false, JSON.stringify(bands));
  }
  assert.equal(new Mask(mask).unpack([band], 0), false, 'a region that does not exist');
  assert.deepEqual(rows(mask), ['11', '00']);
});

test('a mask of another size is stretched to that of the picture', () => {
  const mask = new Mask({ width: 2, height: 1 });
  mask.fill(0, 1, 2, 5);
  const larger = stretched(mask, { width: 4, height: 2 });
  assert.deepEqual(rows(larger), ['0055', '0055']);
  assert.equal(larger.counts[5], 4);
  assert.equal(stretched(mask, { width: 2, height: 1 }), mask);
});
