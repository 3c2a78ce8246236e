/** Reads the attributes of image tools that hold lists, and says in plain words what is wrong with one that cannot be read. */
import { parseLenient } from '../base/lenient-json.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import type { Json } from '../frame/protocol.ts';

export class AttributeError extends Error {}

export function parseAttribute(attribute: string, text: string): Json {
  // Liquid prints a missing value as nothing; that is the same as no attribute.
  if (text.trim() === '') return null;
  try {
    return parseLenient(text);
  } catch (error) {
    throw new AttributeError(`The attribute ${attribute} cannot be read: ${(error as Error).message}`);
  }
}

/** A list, such as `labels`. */
export function readList(attribute: string, text: string): Json[] {
  const value = parseAttribute(attribute, text) ?? [];
  if (!Array.isArray(value)) throw new AttributeError(`The attribute ${attribute} must be a list such as ["car", "person"]`);
  return value;
}

/** A list of texts, such as `label-colors`. */
export function readTexts(attribute: string, text: string): string[] {
  return readList(attribute, text).map((item, index) => {
    if (typeof item === 'string' || typeof item === 'number') return String(item);
    throw new AttributeError(`The attribute ${attribute} must hold texts, but item ${index + 1} is ${JSON.stringify(item)}`);
  });
}

/** An object, such as `exclusion-category`; undefined when nothing was given. */
export function readObject(attribute: string, text: string): JsonObject | undefined {
  const value = parseAttribute(attribute, text);
  if (value === null) return undefined;
  if (isJsonObject(value)) return value;
  throw new AttributeError(`The attribute ${attribute} must be an object such as { name: value }`);
}

/** The items of `initial-value`: a list, or an object with the list under `key`; undefined when nothing was given. */
export function readItems(attribute: string, text: string, key: string): Json[] | undefined {
  const value = parseAttribute(attribute, text);
  if (value === null) return undefined;
  const list = isJsonObject(value) ? value[key] : value;
  if (Array.isArray(list)) return list;
  throw new AttributeError(`The attribute ${attribute} must be a list, or an object with a list "${key}"`);
}

/** What `read` makes of the items that it can read, and what is wrong with the others, by their number from 1. */
export function readEach<T>(items: readonly Json[], read: (item: JsonObject) => T): { values: T[]; errors: string[] } {
  const values: T[] = [];
  const errors: string[] = [];
  items.forEach((item, index) => {
    try {
      if (!isJsonObject(item)) throw new AttributeError(`it must be an object, but it is ${JSON.stringify(item)}`);
      values.push(read(item));
    } catch (error) {
      if (!(error instanceof AttributeError)) throw error;
      errors.push(`item ${index + 1}: ${error.message}`);
    }
  });
  return { values, errors };
}

/** JSON itself has no word for NaN and the infinities. */
const spelled = (value: Json | undefined): string => (typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'missing'));

/** A number of an item, which templates sometimes give as text. */
export function readNumber(item: JsonObject, key: string): number {
  const value = item[key];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new AttributeError(`"${key}" must be a number, but it is ${spelled(value)}`);
}

export function readText(item: JsonObject, key: string): string {
  const value = item[key];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new AttributeError(`"${key}" must be a text, but it is ${spelled(value)}`);
}

/** How sure a model was, where it said so: `score` or `confidence`. */
export function readScore(item: JsonObject): { score?: number } {
  const value = item.score ?? item.confidence;
  return typeof value === 'number' && Number.isFinite(value) ? { score: value } : {};
}
