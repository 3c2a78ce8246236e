/**
 * The exact colours of a PNG, row by row as they are unpacked. A canvas would turn them by the file's colour profile, and those
 * of what is half transparent by rounding; some browsers let no page read one exactly. Knows no DOM.
 */
import type { Size } from '../../base/geometry.ts';

/** Of a pixel that is fully transparent. */
export const TRANSPARENT = -1;

/** Takes a row: each pixel as 0xrrggbb, or {@link TRANSPARENT}. The array is used again for the next row. */
export type TakeRow = (row: number, colors: Int32Array) => void;

type Header = Size & { readonly depth: number; readonly kind: number };

/** By the kind of a PNG, how many numbers a pixel has: grey, colour, a place in the palette, grey or colour with alpha. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

/** The size of the file's picture, of which `open` is told first; undefined where it is none that is read here (interlaced, no PNG). */
export async function readPng(bytes: Uint8Array<ArrayBuffer>, open: (size: Size) => TakeRow): Promise<Size | undefined> {
  const chunks = chunksOf(bytes);
  const header = headerOf(chunks.find(({ type }) => type === 'IHDR')?.data);
  if (!header) return undefined;
  const only = (type: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const toColors = colorReader(header, only('PLTE'), only('tRNS'));
  const take = open(header);
  const colors = new Int32Array(header.width);
  const packed = new Blob(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  await eachRow(packed.stream().pipeThrough(new DecompressionStream('deflate')), header, (row, line) => {
    toColors(line, colors);
    take(row, colors);
  });
  return { width: header.width, height: header.height };
}

type Chunk = { readonly type: string; readonly data: Uint8Array<ArrayBuffer> };

function chunksOf(bytes: Uint8Array<ArrayBuffer>): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  if (bytes.length < 8 || view.getUint32(0) !== 0x89504e47) return chunks;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    chunks.push({ type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function headerOf(data: Uint8Array | undefined): Header | undefined {
  if (!data || data.length < 13) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [width, height, depth, kind, interlace] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  return interlace === 0 && SAMPLES[kind] !== undefined && width > 0 && height > 0 ? { width, height, depth, kind } : undefined;
}

/** Unpacks the rows of a stream and undoes their filters. Errors: where the stream is damaged or ends early. */
async function eachRow(stream: ReadableStream<Uint8Array>, header: Header, take: (row: number, line: Uint8Array) => void): Promise<void> {
  const bits = header.depth * (SAMPLES[header.kind] as number);
  const length = Math.ceil((header.width * bits) / 8);
  const step = Math.max(1, bits / 8);
  let [line, above] = [new Uint8Array(length + 1), new Uint8Array(length + 1)];
  let [row, filled] = [0, 0];
  const reader = stream.getReader();
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
    for (let start = 0; start < value.length && row < header.height; ) {
      const part = value.subarray(start, start + line.length - filled);
      line.set(part, filled);
      filled += part.length;
      start += part.length;
      if (filled < line.length) break;
      unfilter(line, above, step);
      take(row++, line.subarray(1));
      [line, above, filled] = [above, line, 0];
    }
  }
  if (row < header.height) throw new Error('The file ends early.');
}

/** The first byte of a line names its filter; `step` bytes before each byte is the one of the pixel to the left. */
function unfilter(line: Uint8Array, above: Uint8Array, step: number): void {
  const left = (at: number): number => (at > step ? (line[at - step] as number) : 0);
  const corner = (at: number): number => (at > step ? (above[at - step] as number) : 0);
  const filter = line[0];
  if (filter === 1) for (let at = 1 + step; at < line.length; at++) line[at]! += line[at - step] as number;
  else if (filter === 2) for (let at = 1; at < line.length; at++) line[at]! += above[at] as number;
  else if (filter === 3) for (let at = 1; at < line.length; at++) line[at]! += (left(at) + (above[at] as number)) >> 1;
  else if (filter === 4) for (let at = 1; at < line.length; at++) line[at]! += nearest(left(at), above[at] as number, corner(at));
}

/** Paeth's choice: which of the three is closest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** How the bytes of a line become colours. Of samples of 16 bits the upper eight count. */
function colorReader({ depth, kind }: Header, palette: Uint8Array | undefined, transparency: Uint8Array | undefined): (line: Uint8Array, colors: Int32Array) => void {
  const samples = SAMPLES[kind] as number;
  const hasAlpha = samples % 2 === 0;
  if (samples === 1) {
    const table = kind === PALETTE ? paletteColors(palette, transparency) : greys(depth, transparency);
    return (line, colors) => {
      for (let x = 0; x < colors.length; x++) colors[x] = table[small(line, x, depth)] ?? TRANSPARENT;
    };
  }
  const bytes = depth / 8;
  const [green, blue, alpha] = samples < 3 ? [0, 0, bytes] : [bytes, 2 * bytes, 3 * bytes];
  const key = samples === 3 ? keyOf(transparency, depth) : undefined;
  return (line, colors) => {
    for (let x = 0, at = 0; x < colors.length; x++, at += samples * bytes) {
      const color = ((line[at] as number) << 16) | ((line[at + green] as number) << 8) | (line[at + blue] as number);
      colors[x] = (hasAlpha && line[at + alpha] === 0) || color === key ? TRANSPARENT : color;
    }
  };
}

/** A sample of 1, 2, 4, 8 or, its upper half, 16 bits. */
function small(line: Uint8Array, x: number, depth: number): number {
  if (depth >= 8) return line[(x * depth) / 8] as number;
  const bit = x * depth;
  return ((line[bit >> 3] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

function paletteColors(palette: Uint8Array = new Uint8Array(), transparency: Uint8Array | undefined): number[] {
  const part = (at: number): number => palette[at] ?? 0;
  const color = (at: number): number => (part(at) << 16) | (part(at + 1) << 8) | part(at + 2);
  return Array.from({ length: palette.length / 3 }, (_, index) => (transparency?.[index] === 0 ? TRANSPARENT : color(3 * index)));
}

function greys(depth: number, transparency: Uint8Array | undefined): number[] {
  const levels = 1 << Math.min(depth, 8);
  const clear = transparency && (transparency[depth > 8 ? 0 : 1] as number);
  return Array.from({ length: levels }, (_, level) => (level === clear ? TRANSPARENT : Math.round((level * 255) / (levels - 1)) * 0x010101));
}

/** The colour that stands for transparency, each part with two bytes. */
function keyOf(transparency: Uint8Array | undefined, depth: number): number | undefined {
  const at = depth > 8 ? 0 : 1;
  return transparency && ((transparency[at] as number) << 16) | ((transparency[at + 2] as number) << 8) | (transparency[at + 4] as number);
}
