/** How large what a page sends may be, counted as the server counts (`review/decisions/answer.py`). */
import { bytesOf } from '../../src/frame/protocol.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/** What is certain to have more than this is refused unwritten, in bytes. */
const FAR_TOO_MANY = 2 * MOST_BYTES;

/** No character has more bytes than this in UTF-8 for each of its units in a string. */
const BYTES_PER_UNIT = 3;

/** At least these stand around each value: a comma after it; with its quotes and a colon after each key. */
const AROUND_VALUE = 1;
const AROUND_KEY = 3;

const digits = (number: number): string => number.toLocaleString('en');

/** Why `value` cannot be kept, in words; undefined where it can. A structured clone may be no JSON: it may hold circles. */
export function storageError(what: 'answer' | 'draft', value: unknown): string | undefined {
  let text: string;
  try {
    if (roomAfter(value, FAR_TOO_MANY) < 0) return tooLarge(what, `more than ${digits(FAR_TOO_MANY)}`);
    text = JSON.stringify(value);
  } catch {
    return `the ${what} is not JSON`;
  }
  if (text.length * BYTES_PER_UNIT <= MOST_BYTES) return undefined;
  const size = bytesOf(text);
  return size > MOST_BYTES ? tooLarge(what, digits(size)) : undefined;
}

/** The JSON of `value` where it has no more than so many bytes; undefined where it has, or there is none. */
export function jsonWithin(value: unknown, most: number): string | undefined {
  try {
    if (roomAfter(value, most) < 0) return undefined;
    const text = JSON.stringify(value) as string | undefined;
    return text !== undefined && bytesOf(text) <= most ? text : undefined;
  } catch {
    return undefined;
  }
}

const tooLarge = (what: string, size: string): string => `the ${what} has ${size} bytes; at most ${digits(MOST_BYTES)} can be kept`;

/**
 * How much of so many bytes its JSON leaves at most; below 0 as soon as that is certain. A small message may be JSON without
 * end: forty lists, each of them twice in the next, or one of four billion holes. Throws for circles and for bytes.
 */
function roomAfter(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length - AROUND_VALUE;
  if (typeof value !== 'object' || value === null) return room - AROUND_VALUE;
  if (ArrayBuffer.isView(value)) throw new TypeError('Bytes are no JSON.');
  if (Array.isArray(value)) return roomAfterEach(value, room - value.length);
  const { keys, values } = membersOf(value);
  return roomAfterEach(values, room - AROUND_KEY * keys.length - keys.join('').length);
}

function roomAfterEach(values: readonly unknown[], before: number): number {
  let room = before;
  for (let index = 0; room >= 0 && index < values.length; index += 1) room = roomAfter(values[index], room);
  return room;
}

/** Those that JSON has. */
function membersOf(value: object): { keys: string[]; values: unknown[] } {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return { keys: members.map(([key]) => key), values: members.map(([, member]) => member) };
}
