/**
 * A label as templates give it: a text, or an object with names for the list and for tags
 * (`a2i-facts/crowd-elements/text.md`, "crowd-entity-annotation"). Knows no DOM.
 */
import { AttributeError } from '../base/json-attributes.ts';
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';

export type Label = {
  /** What the answer holds. */
  readonly name: string;
  /** What the list of labels shows. */
  readonly full: string;
  /** What a tag shows. */
  readonly short: string;
};

export const labelOf = (name: string): Label => ({ name, full: name, short: name });

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

function read(item: Json): Label | undefined {
  if (!isJsonObject(item)) return textOf(item) === undefined ? undefined : labelOf(String(item));
  const name = textOf(item.label);
  return name === undefined ? undefined : { name, full: textOf(item.fullDisplayName) || name, short: textOf(item.shortDisplayName) || name };
}

/** Reads the items of `labels`; throws an AttributeError that quotes one which is none. */
export const readLabels = (items: readonly Json[]): Label[] =>
  items.map((item, index) => {
    const label = read(item);
    if (label === undefined) throw new AttributeError(`The attribute labels must hold texts, but item ${index + 1} is ${JSON.stringify(item)}`);
    return label;
  });
