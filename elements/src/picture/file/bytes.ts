/** Bytes of a file in memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function joined(bytes: Bytes, more: ArrayLike<number>): Bytes {
  const all = new Uint8Array(bytes.length + more.length);
  all.set(bytes);
  all.set(more, bytes.length);
  return all;
}

/** Each byte as a character, so that they can be searched as a text. */
export const asText = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const fromText = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
