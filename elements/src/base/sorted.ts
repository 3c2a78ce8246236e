/** Answers carry their keys in alphabetical order at every level, as A2I's do (`a2i-facts/crowd-elements/index.md`). */
import type { Json } from '../frame/protocol.ts';

/** A copy of `value` with the keys of every object in it sorted. */
export function sorted<T extends Json>(value: T): T;
export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
