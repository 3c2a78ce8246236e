/** Bytes as base64 and back. Knows no DOM. */

/** A multiple of three, so that the texts of the pieces can be put together, and no more than a call takes arguments. */
const PIECE = 3 * 8192;

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE) pieces.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PIECE))));
  return pieces.join('');
}

/** Errors: a DOMException where the text is not base64. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
