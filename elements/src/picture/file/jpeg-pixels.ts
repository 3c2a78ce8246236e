/**
 * Are the pixels of a JPEG all there? Its last marker does not tell: network cameras leave it out of whole files, and others
 * put it behind half of one.
 *
 * They are all there exactly when nothing that is put behind them changes one: a decoder that still waits for pixels
 * takes it for theirs. The detector's side asks the same (`hosting/runtimes/jpeg.py`).
 */
import { joined, type Bytes } from './bytes.ts';

const MARKER = 0xff;
const END = [MARKER, 0xd9];

const isRestart = (code: number): boolean => (code & 0xf8) === 0xd0;

/** Where the pixels of the file's first picture end: before its last marker, or where the file does. */
export function endOfPixels(bytes: Bytes): number {
  for (let at = bytes.indexOf(MARKER, 2); at >= 0; at = bytes.indexOf(MARKER, at)) {
    const code = bytes[at + 1];
    if (code === END[1]) return at;
    if (code === MARKER) at += 1;
    else if (code === 0 || code === undefined || isRestart(code)) at += 2;
    else at += 2 + (bytes[at + 2]! << 8) + bytes[at + 3]!;
  }
  return bytes.length;
}

/** The restart marker, of eight that take turns, that comes after the last one. */
function dueRestart(bytes: Bytes): number {
  let at = bytes.lastIndexOf(MARKER);
  while (at > 0 && !isRestart(bytes[at + 1]!)) at = bytes.lastIndexOf(MARKER, at - 1);
  return at > 0 ? 0xd0 | ((bytes[at + 1]! + 1) & 7) : 0xd0;
}

/** Whether the last pixels of a JPEG, or of its last pass, are missing. */
export async function lacksPixels(bytes: Bytes): Promise<boolean> {
  let end = endOfPixels(bytes);
  while (bytes[end - 1] === MARKER) end -= 1; // half of the marker, or what fills up to it
  const whole = bytes.subarray(0, end);
  const due = [MARKER, dueRestart(whole)];
  const plain = await decoded(joined(whole, END));
  try {
    for (const byte of [0x55, 0xaa]) {
      // For a decoder in the middle of a row, and for one that waits for the next restart marker.
      const filler = new Array<number>(16).fill(byte);
      const followed = await decoded(joined(whole, [...filler, ...due, ...filler, ...END]));
      const isSame = plain && followed && areSame(plain, followed);
      followed?.close();
      if (!isSame) return true;
    }
  } finally {
    plain?.close();
  }
  return false;
}

/** The colours as they are stored: where a profile is applied, one picture drawn twice differs from itself by what is rounded. */
const decoded = (bytes: Bytes): Promise<ImageBitmap | undefined> =>
  createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }), { colorSpaceConversion: 'none' }).catch(() => undefined);

/** Rows of pixels that are looked at in one piece. */
const ROWS = 256;

function areSame(a: ImageBitmap, b: ImageBitmap): boolean {
  const context = new OffscreenCanvas(a.width, ROWS).getContext('2d', { willReadFrequently: true });
  if (!context || a.width !== b.width || a.height !== b.height) return false;
  for (let top = 0; top < a.height; top += ROWS) {
    context.globalCompositeOperation = 'copy';
    context.drawImage(a, 0, -top);
    context.globalCompositeOperation = 'difference';
    context.drawImage(b, 0, -top);
    const { data } = context.getImageData(0, 0, a.width, Math.min(ROWS, a.height - top));
    // The last byte of each pixel is its opacity.
    if (data.some((value, at) => value !== 0 && at % 4 !== 3)) return false;
  }
  return true;
}
