/** The labels that may be chosen, as the template gives them: texts, or objects with a name, which are answered whole. Knows no DOM. */
import { AttributeError, readList, readText, readTexts } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Answering } from '../choice/answering.ts';
import type { Choices } from '../choice/choices.ts';
import type { Json } from '../frame/protocol.ts';

export class ModerationLabels implements Answering {
  readonly limit = 'any';
  /** What was given under each name: a name may be that of several labels, under different parents. */
  private given = new Map<string, Json[]>();

  /** Answers the names, each once, in the order given. */
  read(text: string): readonly string[] {
    const given = new Map<string, Json[]>();
    readList('categories', text).forEach((item, index) => {
      const name = nameOf(item, index + 1);
      given.set(name, [...(given.get(name) ?? []), item]);
    });
    this.given = given;
    return [...given.keys()];
  }

  readInitial(text: string): readonly string[] {
    return text === '' ? [] : readTexts('initial-value', text);
  }

  answer({ chosen }: Choices): JsonObject {
    return { moderationLabels: chosen.flatMap((name) => this.given.get(name) ?? []) };
  }

  value({ chosen }: Choices): string[] {
    return [...chosen];
  }
}

function nameOf(item: Json, number: number): string {
  if (typeof item === 'string' || typeof item === 'number') return String(item);
  if (isJsonObject(item)) return readText(item, 'name');
  throw new AttributeError(`The attribute categories must hold texts or objects with a name, but item ${number} is ${JSON.stringify(item)}`);
}
