/**
 * How a worker likes to work in one flow definition, by name, within the limits that the server has too
 * (`review/decisions/preferences.py`). A page that asks for more is a template's own; it is left without.
 */
import { bytesOf, MOST_BYTES_OF_PREFERENCE, type Json } from '../../src/frame/protocol.ts';
import { jsonWithin } from './size.ts';

/** Also the most that the server takes in one change. */
export const MOST_NAMES = 40;
const MOST_BYTES = 16 * 1024;
/** The server takes what is nested more deeply, but nobody needs it. */
const DEEPEST = 32;

/** The braces around all of them; quotes, colon and comma of each. */
const AROUND_ALL = 2;
const AROUND_EACH = 4;

export type Values = { [name: string]: Json };

/** What forgets a name. */
export const FORGOTTEN = 'null';

export class Liked {
  /** Their JSON, so that nothing of what a page has sent is looked into. */
  private readonly texts = new Map<string, string>();

  get values(): Values {
    return valuesOf(this.texts);
  }

  /** The JSON of what is kept now; undefined where nothing changes, or there is no room. */
  keep(name: string, value: unknown): string | undefined {
    const text = jsonWithin(value, MOST_BYTES_OF_PREFERENCE);
    if (text === undefined || text === (this.texts.get(name) ?? FORGOTTEN) || !this.hasRoom(name, text) || depth(JSON.parse(text)) > DEEPEST) return undefined;
    if (text === FORGOTTEN) this.texts.delete(name);
    else this.texts.set(name, text);
    return text;
  }

  private hasRoom(name: string, text: string): boolean {
    if (text === FORGOTTEN) return true;
    const now = new Map(this.texts).set(name, text);
    const sizes = [...now].map(([name, text]) => name.length + bytesOf(text) + AROUND_EACH);
    return now.size <= MOST_NAMES && sizes.reduce((all, size) => all + size, AROUND_ALL) <= MOST_BYTES;
  }
}

export const valuesOf = (texts: ReadonlyMap<string, string>): Values => Object.fromEntries([...texts].map(([name, text]) => [name, JSON.parse(text) as Json]));

const depth = (value: Json): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0);
