/**
 * Numbers that hardly change from one to the next, as a short text: each run is its length and its number, in digits to the
 * base of 32 with the lowest first. Equal numbers give equal texts. Knows no DOM.
 */

/** The first half says that more digits follow. None of them needs an escape in JSON. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODES = new TextEncoder().encode(DIGITS);
const VALUES = new Uint8Array(128).fill(255);
for (const [value, code] of CODES.entries()) VALUES[code] = value;

const BASE = 32;
/** No number of a run has more digits: 30 bits hold the length of every band. */
const MOST_DIGITS = 6;

const latin = new TextDecoder('latin1');
/** Where texts are made; it grows. */
let buffer = new Uint8Array(1 << 16);

function write(at: number, number: number): number {
  let rest = number;
  while (rest >= BASE) {
    buffer[at++] = CODES[rest % BASE] as number;
    rest = Math.floor(rest / BASE);
  }
  buffer[at++] = CODES[BASE + rest] as number;
  return at;
}

function grow(): void {
  const larger = new Uint8Array(buffer.length * 2);
  larger.set(buffer);
  buffer = larger;
}

export function encodeRuns(numbers: Uint16Array): string {
  let at = 0;
  for (let start = 0, end = 0; start < numbers.length; start = end) {
    const number = numbers[start] as number;
    while (end < numbers.length && numbers[end] === number) end += 1;
    if (at + 2 * MOST_DIGITS > buffer.length) grow();
    at = write(write(at, end - start), number);
  }
  return latin.decode(buffer.subarray(0, at));
}

/** The `length` numbers of a text, or undefined where it is not one of so many, or one of them is above `most`. */
export function decodeRuns(text: string, length: number, most: number): Uint16Array | undefined {
  const numbers = new Uint16Array(length);
  let at = 0;
  const read = (): number => {
    let [number, weight] = [0, 1];
    for (let digits = 0; digits < MOST_DIGITS; digits++, weight *= BASE) {
      const digit = VALUES[text.charCodeAt(at++)] ?? 255;
      if (digit > 63) return Number.NaN;
      if (digit >= BASE) return number + (digit - BASE) * weight;
      number += digit * weight;
    }
    return Number.NaN;
  };
  let start = 0;
  while (start < length) {
    const end = start + read();
    const number = read();
    if (!(end > start && end <= length && number <= most)) return undefined;
    numbers.fill(number, start, end);
    start = end;
  }
  return at === text.length ? numbers : undefined;
}
