import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 as reference, deflateSync } from 'node:zlib';
import { BAND, Mask } from '../mask.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { crc32 } from './checksums.ts';
import { readPng, TRANSPARENT } from './read.ts';
import { BLANK, PngWriter, type Rgba } from './write.ts';

const COLORS: Rgba[] = [BLANK, [0x2c, 0xa0, 0x2c, 255], [0x1f, 0x77, 0xb4, 255], [255, 0, 1, 255]];
const NUMBERS = [TRANSPARENT, 0x2ca02c, 0x1f77b4, 0xff0001];

async function colorsOf(file: Uint8Array): Promise<number[][] | undefined> {
  const rows: number[][] = [];
  const size = await readPng(Uint8Array.from(file), () => (row, colors) => void (rows[row] = [...colors]));
  return size && rows;
}

const expected = (mask: Mask): number[][] =>
  Array.from({ length: mask.height }, (_, row) => [...mask.cells.subarray(row * mask.width, (row + 1) * mask.width)].map((cell) => NUMBERS[cell] as number));

const MASKS: [string, number, number, (mask: Mask) => void][] = [
  ['nothing', 600, 400, () => {}],
  ['one pixel', 1, 1, (mask) => mask.fill(0, 0, 1, 1)],
  ['one colour, wider than a copy is long', 333, 3, (mask) => { for (let row = 0; row < 3; row++) mask.fill(row, 0, 333, 2); }],
  ['bands that end in the middle', 70, 2 * BAND + 1, (mask) => { for (let row = 0; row < mask.height; row++) mask.fill(row, row % 60, 65, 1 + (row % 3)); }],
  ['noise', 97, 130, (mask) => { for (let index = 0; index < 97 * 130; index++) mask.fill(Math.floor(index / 97), index % 97, (index % 97) + 1, ((index * 7919) % 13) % 4); }],
  ['every width of a run', 68, 300, (mask) => { for (let row = 0; row < 300; row++) mask.fill(row, row % 68, (row * 7) % 69, 1 + (row % 2)); }],
];

for (const [name, width, height, draw] of MASKS) {
  test(`what is written is read back: ${name}`, async () => {
    const mask = new Mask({ width, height });
    draw(mask);
    const file = new PngWriter().write(mask, mask.pack(), COLORS);
    assert.deepEqual(await colorsOf(file), expected(mask));
  });
}

test('after a change only what it touches is packed anew, and the file is as if written at once', () => {
  const mask = new Mask({ width: 200, height: 3 * BAND });
  const writer = new PngWriter();
  const first = writer.write(mask, mask.pack(), COLORS);
  mask.fill(BAND + 3, 10, 90, 2);
  const bands = mask.pack();
  assert.deepEqual(writer.write(mask, bands, COLORS), new PngWriter().write(mask, bands, COLORS));
  mask.fill(BAND + 3, 10, 90, 0);
  assert.deepEqual(writer.write(mask, mask.pack(), COLORS), first);
});

test('a region that is begun later, and another one after undo, have their own colours', async () => {
  const mask = new Mask({ width: 3, height: 1 });
  const writer = new PngWriter();
  const blank = mask.pack();
  mask.fill(0, 0, 1, 1);
  const one = mask.pack();
  mask.fill(0, 1, 2, 2);
  const two = mask.pack();
  writer.write(mask, blank, [BLANK]);
  writer.write(mask, one, COLORS.slice(0, 2));
  assert.deepEqual(await colorsOf(writer.write(mask, two, COLORS.slice(0, 3))), [[0x2ca02c, 0x1f77b4, TRANSPARENT]]);
  writer.write(mask, one, COLORS.slice(0, 2));
  assert.deepEqual(await colorsOf(writer.write(mask, two, [BLANK, COLORS[1] as Rgba, COLORS[3] as Rgba])), [[0x2ca02c, 0xff0001, TRANSPARENT]]);
});

test('other colours make another file', async () => {
  const mask = new Mask({ width: 3, height: 1 });
  mask.fill(0, 0, 2, 1);
  const writer = new PngWriter();
  writer.write(mask, mask.pack(), COLORS);
  assert.deepEqual(await colorsOf(writer.write(mask, mask.pack(), [BLANK, [1, 2, 3, 255], BLANK])), [[0x010203, 0x010203, TRANSPARENT]]);
});

test('a large picture with nothing on it makes a small file', () => {
  const mask = new Mask({ width: 4000, height: 3000 });
  assert.ok(new PngWriter().write(mask, mask.pack(), COLORS).length < 60_000);
});

test('checksums are those of zlib', () => {
  const bytes = new TextEncoder().encode('123456789');
  assert.equal(crc32(bytes), reference(bytes));
});

test('base64 is that of every length', () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    const text = Buffer.from(bytes).toString('base64');
    assert.equal(toBase64(bytes), text);
    assert.deepEqual(fromBase64(text), bytes);
  }
});

/** A PNG of two by two pixels of this kind whose lines are these bytes, each after its filter. */
function png(depth: number, kind: number, lines: number[], more: [string, number[]][] = [], interlace = 0): Uint8Array {
  const chunk = (type: string, data: ArrayLike<number>): Buffer => {
    const body = Buffer.concat([Buffer.from(type), Uint8Array.from(data)]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(reference(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = [0, 0, 0, 2, 0, 0, 0, 2, depth, kind, 0, 0, interlace];
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [chunk('IHDR', head), ...more.map(([type, data]) => chunk(type, data)), chunk('IDAT', deflateSync(Uint8Array.from(lines))), chunk('IEND', [])];
  return Buffer.concat([signature, ...parts]);
}

const KINDS: [string, Uint8Array, number[][]][] = [
  ['one bit', png(1, 0, [0, 0b01000000, 0, 0b10000000]), [[0, 0xffffff], [0xffffff, 0]]],
  ['grey of four bits', png(4, 0, [0, 0x0f, 0, 0x80]), [[0, 0xffffff], [0x888888, 0]]],
  ['grey', png(8, 0, [0, 1, 2, 2, 1, 1]), [[0x010101, 0x020202], [0x020202, 0x030303]]],
  ['grey with a transparent level', png(8, 0, [0, 1, 2, 0, 2, 1], [['tRNS', [0, 2]]]), [[0x010101, -1], [-1, 0x010101]]],
  ['grey of 16 bits', png(16, 0, [0, 1, 99, 2, 99, 0, 3, 99, 4, 99]), [[0x010101, 0x020202], [0x030303, 0x040404]]],
  ['a palette of two bits', png(2, 3, [0, 0b00_01_0000, 0, 0b10_00_0000], [['PLTE', [1, 2, 3, 4, 5, 6, 7, 8, 9]], ['tRNS', [0]]]), [[-1, 0x040506], [0x070809, -1]]],
  ['a place that the palette does not have', png(8, 3, [0, 0, 9, 0, 0, 0], [['PLTE', [1, 2, 3]]]), [[0x010203, -1], [0x010203, 0x010203]]],
  ['colours, by the pixel to the left and by the mean', png(8, 2, [1, 1, 2, 3, 1, 1, 1, 3, 9, 9, 9, 0, 0, 0]), [[0x010203, 0x020304], [0x090a0a, 0x050607]]],
  ["colours, by Paeth's choice", png(8, 2, [4, 5, 5, 5, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1]), [[0x050505, 0x060606], [0x060606, 0x070707]]],
  ['colours with a transparent one', png(8, 2, [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 0, 0, 0], [['tRNS', [0, 1, 0, 2, 0, 3]]]), [[-1, 0x040506], [-1, 0]]],
  ['grey with alpha', png(8, 4, [0, 7, 0, 7, 255, 0, 8, 1, 9, 255]), [[-1, 0x070707], [0x080808, 0x090909]]],
  ['colours with alpha', png(8, 6, [0, 1, 2, 3, 0, 1, 2, 3, 128, 2, 0, 0, 0, 1, 0, 0, 0, 0]), [[-1, 0x010203], [0x010203, 0x010203]]],
  ['colours of 16 bits', png(16, 2, [0, 1, 9, 2, 9, 3, 9, 4, 9, 5, 9, 6, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), [[0x010203, 0x040506], [0, 0]]],
];

for (const [name, file, colors] of KINDS) {
  test(`every kind of PNG is read exactly: ${name}`, async () => assert.deepEqual(await colorsOf(file), colors));
}

test('what is no PNG, or interlaced, is left to the browser', async () => {
  assert.equal(await colorsOf(Uint8Array.of(1, 2, 3)), undefined);
  assert.equal(await colorsOf(png(8, 0, [0, 1, 2, 0, 3, 4], [], 1)), undefined);
});

test('a file that ends early is an error', async () => {
  await assert.rejects(colorsOf(png(8, 0, [0, 1, 2, 0, 3])));
  await assert.rejects(colorsOf(png(8, 0, [0, 1, 2, 0, 3, 4]).subarray(0, 50)));
});
