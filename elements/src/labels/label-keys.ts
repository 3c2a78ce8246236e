/**
 * Which key chooses which label. A key that was learned stays the same from task to task: keys follow the order in which the
 * template lists the labels, whatever is shown first. Knows no DOM.
 */
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { LabelSet } from './label-set.ts';
import { keyAt } from './labels.ts';

/** So many labels have a digit. */
export const DIGITS = 10;

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/**
 * The key of each label, in lower case: its own, else by its position a digit, and behind the digits a letter that nothing
 * else uses. Later ones have none. An own key goes before all others; what it takes away from another label is not made up
 * for, since that would move the keys of those behind it.
 */
export function labelKeys(names: readonly string[], reserved: ReadonlySet<string>, own: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const taken = new Map<string, string>();
  const keys = new Map<string, string>();
  const give = (name: string, key: string | undefined): void => {
    if (!key || taken.has(key) || keys.has(name)) return;
    taken.set(key, name);
    keys.set(name, key);
  };
  for (const name of names) give(name, own.get(name)?.toLowerCase());
  const letters = LETTERS.filter((letter) => !reserved.has(letter));
  for (const [position, name] of names.entries()) {
    // Of a label that is listed twice, the first place counts.
    if (names.indexOf(name) === position) give(name, keyAt(position) ?? letters[position - DIGITS]);
    if (position >= DIGITS + letters.length) break;
  }
  return keys;
}

/** A worker's own keys as they are kept: an object of keys by label. What is no single key is passed over. */
export function readOwnKeys(kept: Json | undefined): Map<string, string> {
  if (!isJsonObject(kept)) return new Map();
  const entries = Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && [...entry[1].trim()].length === 1);
  return new Map(entries.map(([label, key]) => [label, key.trim().toLowerCase()]));
}

/** The keys of a tool's labels, as long as they stay the same. */
export class LabelKeys {
  private ownKeys: ReadonlyMap<string, string> = new Map();
  private list: LabelSet['list'] | undefined;
  private keys: ReadonlyMap<string, string> = new Map();
  private names: ReadonlyMap<string, string> = new Map();
  private used: ReadonlySet<string> | undefined;

  /** `reserved` answers the letters which the tool's own shortcuts use. */
  constructor(
    private readonly labels: LabelSet,
    private readonly reserved: () => ReadonlySet<string>,
  ) {}

  /** What the worker has given labels of their own. */
  get own(): ReadonlyMap<string, string> {
    return this.ownKeys;
  }

  set own(own: ReadonlyMap<string, string>) {
    this.ownKeys = own;
    this.list = undefined;
  }

  /** As a badge shows it. */
  of(label: string): string | undefined {
    this.refresh();
    return this.keys.get(label)?.toUpperCase();
  }

  labelFor(key: string): string | undefined {
    this.refresh();
    return this.names.get(key.toLowerCase());
  }

  /** The keys that are no digits by position, as the help shows them: letters, and the worker's own. */
  get beyondDigits(): readonly string[] {
    this.refresh();
    return [...this.keys].filter(([label, key]) => this.ownKeys.has(label) || !/^\d$/.test(key)).map(([, key]) => key.toUpperCase());
  }

  private refresh(): void {
    if (this.list === this.labels.list) return;
    this.list = this.labels.list;
    this.used ??= this.reserved();
    this.keys = labelKeys(this.labels.names, this.used, this.ownKeys);
    this.names = new Map([...this.keys].map(([label, key]) => [key, label]));
  }
}
