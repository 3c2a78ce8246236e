/**
 * A JPEG that lacks its last marker, as network cameras write them: whole all the same, or cut short?
 *
 * Its pixels are all there exactly when nothing that is put behind them changes one: a decoder that still waits for pixels
 * takes it for theirs. The detector's side asks the same (`hosting/runtimes/jpeg.py`).
 */
import { joined, type Bytes } from './bytes.ts';

const MARKER = 0xff;
const END = [MARKER, 0xd9];

/** The restart marker, of eight that take turns, that comes after the last one. */
function dueRestart(bytes: Bytes): number {
  let at = bytes.lastIndexOf(MARKER);
  while (at > 0 && (bytes[at + 1]! & 0xf8) !== 0xd0) at = bytes.lastIndexOf(MARKER, at - 1);
  return at > 0 ? 0xd0 | ((bytes[at + 1]! + 1) & 7) : 0xd0;
}

/** Whether all the JPEG lacks is its last marker. */
export async function lacksOnlyEnd(bytes: Bytes): Promise<boolean> {
  const whole = bytes.at(-1) === MARKER ? bytes.subarray(0, -1) : bytes; // half of the marker
  const due = [MARKER, dueRestart(whole)];
  const plain = await decoded(joined(whole, END));
  for (const byte of [0x55, 0xaa]) {
    // For a decoder in the middle of a row, and for one that waits for the next restart marker.
    const filler = new Array<number>(16).fill(byte);
    const followed = await decoded(joined(whole, [...filler, ...due, ...filler, ...END]));
    if (!plain || !followed || !areSame(plain, followed)) return false;
  }
  return true;
}

const decoded = (bytes: Bytes): Promise<ImageBitmap | undefined> => createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })).catch(() => undefined);

/** Rows of pixels that are looked at in one piece. */
const ROWS = 256;

function areSame(one: ImageBitmap, other: ImageBitmap): boolean {
  const context = new OffscreenCanvas(one.width, ROWS).getContext('2d', { willReadFrequently: true });
  if (!context || one.width !== other.width || one.height !== other.height) return false;
  for (let top = 0; top < one.height; top += ROWS) {
    context.globalCompositeOperation = 'copy';
    context.drawImage(one, 0, -top);
    context.globalCompositeOperation = 'difference';
    context.drawImage(other, 0, -top);
    const { data } = context.getImageData(0, 0, one.width, Math.min(ROWS, one.height - top));
    // The last byte of each pixel is its opacity.
    if (data.some((value, at) => value !== 0 && at % 4 !== 3)) return false;
  }
  return true;
}
