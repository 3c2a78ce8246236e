/**
 * Masks as PNG files: four bytes for each pixel, as a canvas would write them, so that consumers who count on that many find
 * them, and in the very colours, which no canvas that a browser manages promises.
 *
 * The file is made of bands that are packed by themselves and kept, so that a change costs only the bands that it touches.
 * Knows no DOM.
 */
import type { Size } from '../../base/geometry.ts';
import { BAND } from '../mask.ts';
import { decodeRuns } from '../runs.ts';
import { Adler32, crc32 } from './checksums.ts';
import { Block, LAST_BLOCK } from './deflate.ts';

/** The bytes of a colour. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** Where nothing is labelled: fully transparent, and white for who ignores transparency. */
export const BLANK: Rgba = [255, 255, 255, 0];

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TRUE_COLOR_WITH_ALPHA = 6;
/** A row holds differences from the pixel to the left, or from the row above. */
const SUB = 1;
const UP = 2;

type Part = { readonly text: string; readonly chunk: Uint8Array; readonly sum: Adler32 };

export class PngWriter {
  private parts: Part[] = [];
  private colors: readonly Rgba[] = [];

  /** The file of a mask of this size with these packed bands; `colors` are those of its regions by number, 0 included. */
  write({ width, height }: Size, bands: readonly string[], colors: readonly Rgba[]): Uint8Array {
    if (!goOn(this.colors, colors)) this.parts = [];
    this.colors = colors;
    // Where nothing is labelled, one band is like the other.
    const known = new Map(this.parts.map((part) => [part.text, part]));
    this.parts = bands.map((text, band) => {
      const part = known.get(text) ?? packBand(text, width, Math.min(BAND, height - band * BAND), colors);
      known.set(text, part);
      return part;
    });
    const sum = new Adler32();
    for (const part of this.parts) sum.append(part.sum);
    const head = [...bigEndian(width), ...bigEndian(height), 8, TRUE_COLOR_WITH_ALPHA, 0, 0, 0];
    return joined([
      Uint8Array.from(SIGNATURE),
      chunk('IHDR', head),
      chunk('IDAT', [0x78, 0x01]),
      ...this.parts.map((part) => part.chunk),
      chunk('IDAT', [...LAST_BLOCK, ...bigEndian(sum.value)]),
      chunk('IEND', []),
    ]);
  }
}

/** Do regions that were there have the colours that they had? No band that was kept holds the number of any other. */
const goOn = (old: readonly Rgba[], colors: readonly Rgba[]): boolean =>
  colors.every((color, number) => old[number]?.every((part, at) => part === color[at]) ?? true);

function packBand(text: string, width: number, height: number, colors: readonly Rgba[]): Part {
  const cells = decodeRuns(text, width * height, colors.length - 1);
  if (!cells) throw new RangeError('The band does not have this size.');
  const block = new Block();
  const sum = new Adler32();
  const filter = (kind: number): void => {
    block.byte(kind);
    sum.byte(kind);
  };
  const run = (from: number, to: number, count: number): void => {
    const difference = minus(colors[to] as Rgba, from < 0 ? NOTHING : (colors[from] as Rgba));
    block.pixels(difference, count);
    sum.pixels(difference, count);
  };
  filter(SUB);
  beside(cells, width, run);
  for (let row = 1; row < height; row++) {
    filter(UP);
    below(cells, row * width, width, run);
  }
  return { text, chunk: chunk('IDAT', block.pack()), sum };
}

const NOTHING: Rgba = [0, 0, 0, 0];

const minus = (a: Rgba, b: Rgba): Rgba => [(a[0] - b[0]) & 255, (a[1] - b[1]) & 255, (a[2] - b[2]) & 255, (a[3] - b[3]) & 255];

/** Pixels that differ alike from those they are compared with: the regions of those (-1: no pixel) and of these, and how many. */
type Run = (from: number, to: number, count: number) => void;

/** The first row as its differences from the pixels to the left. */
function beside(cells: Uint16Array, width: number, run: Run): void {
  run(-1, cells[0] as number, 1);
  for (let start = 1, end = 1; start < width; start = end) {
    const left = cells[start - 1] as number;
    while (end < width && cells[end] === left) end += 1;
    if (end > start) run(left, left, end - start);
    else run(left, cells[end++] as number, 1);
  }
}

/** A row as its differences from the row above. */
function below(cells: Uint16Array, offset: number, width: number, run: Run): void {
  for (let start = offset, end = start; start < offset + width; start = end) {
    const [above, own] = [cells[start - width] as number, cells[start] as number];
    if (above === own) while (end < offset + width && cells[end] === cells[end - width]) end += 1;
    else while (end < offset + width && cells[end] === own && cells[end - width] === above) end += 1;
    run(above, own, end - start);
  }
}

const bigEndian = (number: number): number[] => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];

function chunk(type: string, data: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(data.length + 12);
  result.set(bigEndian(data.length));
  result.set(new TextEncoder().encode(type), 4);
  result.set(data, 8);
  result.set(bigEndian(crc32(result.subarray(4, data.length + 8))), data.length + 8);
  return result;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
