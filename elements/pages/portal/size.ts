/** How large a draft or an answer may be, counted as the server counts (`review/answer.py`). */

const MOST_BYTES = 20 * 1024 * 1024;

/** No character has more bytes than this in UTF-8 for each of its units in a string. */
const BYTES_PER_UNIT = 3;

const digits = (number: number): string => number.toLocaleString('en');

/** Why `value` cannot be kept, in words; undefined where it can. A structured clone may be no JSON: it may hold circles. */
export function storageError(what: 'answer' | 'draft', value: unknown): string | undefined {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    return `the ${what} is not JSON`;
  }
  if (text.length * BYTES_PER_UNIT <= MOST_BYTES) return undefined;
  const size = new TextEncoder().encode(text).length;
  return size > MOST_BYTES ? `the ${what} has ${digits(size)} bytes; at most ${digits(MOST_BYTES)} can be kept` : undefined;
}
