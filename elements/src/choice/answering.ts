/** How a choice is answered: with one category or with any number of them. Knows no DOM. */
import { readTexts } from '../base/json-attributes.ts';
import type { JsonObject } from '../base/json-object.ts';
import type { Choices, Limit } from './choices.ts';

export interface Answering {
  readonly limit: Limit;
  /** The categories that `initial-value` chooses. */
  readInitial(text: string): readonly string[];
  /** What the answer says of the choice. */
  answer(choices: Choices): JsonObject;
  /** What `value` of the element is: templates read it when they hear of a change. */
  value(choices: Choices): string | string[];
}

const labelOf = ({ chosen, excludes, exclusion }: Choices): string => (excludes ? exclusion : (chosen[0] ?? ''));

const inText = (text: string): readonly string[] => (text === '' ? [] : [text]);

/** `{label}`; that none of the categories fits is the label of the words for it. */
export const ONE: Answering = {
  limit: 'one',
  readInitial: inText,
  answer: (choices) => (choices.isAnswered ? { label: labelOf(choices) } : {}),
  value: labelOf,
};

/**
 * `{labels}` in the order of the categories. That none of them fits is no label at all
 * (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier-multi-select").
 */
export const ANY: Answering = {
  limit: 'any',
  readInitial: (text) => (text.startsWith('[') ? readTexts('initial-value', text) : inText(text)),
  answer: ({ chosen }) => ({ labels: [...chosen] }),
  value: ({ chosen }) => [...chosen],
};
