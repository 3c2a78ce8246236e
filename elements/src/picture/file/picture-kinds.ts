/** Kinds of picture files, told by their bytes: a server's word for them is often wrong, or only "some bytes". */
import { asText, joined, type Bytes } from './bytes.ts';
import { isDrawing, isMovingDrawing } from './svg.ts';

export type PictureKind = {
  readonly name: string;
  readonly type: string;
  /** What a file of this kind begins with, each byte a character; or whether it is one. */
  readonly start: RegExp | ((bytes: Uint8Array) => boolean);
  /** What it ends with, where its format says so; a file without it may be whole all the same. */
  readonly end?: string;
  /** The file without what it says and does not hold. */
  readonly plain?: (bytes: Bytes) => Bytes;
  /** Whether the file holds an animation. */
  readonly moves?: (bytes: Uint8Array) => boolean;
};

/** A drawing has no pixels that could be missing, or be turned. */
export const SVG: PictureKind = { name: 'SVG', type: 'image/svg+xml', start: isDrawing, moves: isMovingDrawing };

export const JPEG: PictureKind = { name: 'JPEG', type: 'image/jpeg', start: /^\xff\xd8\xff/, end: '\xff\xd9' };

const HEAD = 4096;

type Chunk = { readonly name: string; readonly start: number; readonly end: number };

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 8, end = 0; start + 8 <= bytes.length; start = end) {
    end = start + 12 + view.getUint32(start);
    yield { name: asText(bytes.subarray(start + 4, start + 8)), start, end };
  }
}

/** Whether a PNG has the chunk that makes it an animation, which comes before its pixels. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  for (const { name } of chunksOf(bytes)) if (name === 'acTL' || name === 'IDAT') return name === 'acTL';
  return false;
}

/** A PNG that says it is an animation and has no frames is its still picture. */
function withoutEmptyAnimation(bytes: Bytes): Bytes {
  const chunks = [...chunksOf(bytes)];
  const control = chunks.find(({ name }) => name === 'acTL');
  if (!control || chunks.some(({ name }) => name === 'fcTL')) return bytes;
  return joined(bytes.subarray(0, control.start), bytes.subarray(control.end));
}

const isAnimatedWebp = (bytes: Uint8Array): boolean => asText(bytes.subarray(12, 16)) === 'VP8X' && (bytes[20]! & 2) !== 0;

/** A file of ISO's base format lists the brands that it keeps to, of four letters each, in its first box. */
const brand = (names: string): RegExp => new RegExp(`^\\0\\0\\0[^]ftyp(?:[^]{4}){0,12}?(?:${names})`);

const KINDS: readonly PictureKind[] = [
  JPEG,
  { name: 'PNG', type: 'image/png', start: /^\x89PNG\r\n\x1a\n/, end: '\0\0\0\0IEND\xaeB`\x82', plain: withoutEmptyAnimation, moves: isAnimatedPng },
  { name: 'GIF', type: 'image/gif', start: /^GIF8[79]a/, end: ';', moves: () => true },
  { name: 'WebP', type: 'image/webp', start: /^RIFF[\s\S]{4}WEBP/, moves: isAnimatedWebp },
  { name: 'AVIF', type: 'image/avif', start: brand('avis'), moves: () => true },
  { name: 'AVIF', type: 'image/avif', start: brand('avif') },
  { name: 'BMP', type: 'image/bmp', start: /^BM/ },
  SVG,
  { name: 'TIFF', type: 'image/tiff', start: /^(II[*+]\0|MM\0[*+])/ },
  { name: 'HEIC', type: 'image/heic', start: brand('hei[cxms]|hev[cx]|mif1|msf1') },
  { name: 'JPEG XL', type: 'image/jxl', start: /^(\xff\x0a|\0\0\0\x0cJXL )/ },
  { name: 'JPEG 2000', type: 'image/jp2', start: /^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/ },
  { name: 'PDF', type: 'application/pdf', start: /^%PDF-/ },
];

/** The kind of the file that begins so, or undefined where it is none of the known. */
export function kindOf(bytes: Uint8Array): PictureKind | undefined {
  const head = asText(bytes.subarray(0, HEAD));
  return KINDS.find(({ start }) => (start instanceof RegExp ? start.test(head) : start(bytes)));
}
