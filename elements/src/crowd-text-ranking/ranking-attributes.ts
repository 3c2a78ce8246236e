/** The attributes of `crowd-text-ranking` that hold JSON. */
import { AttributeError, readEach, readList, readText, readTexts } from '../base/json-attributes.ts';
import type { Dimension } from './ranking.ts';

export function readResponses(text: string): string[] {
  const responses = readTexts('responses', text);
  if (responses.length === 0) throw new AttributeError('The attribute responses must be a list of texts, and it is empty');
  return responses;
}

export function readDimensions(text: string): Dimension[] {
  const { values, errors } = readEach(readList('ordinal-ranking-dimensions', text), (item) => ({
    name: readText(item, 'name'),
    allowTie: item.allowTie === true || item.allowTie === 'true',
  }));
  if (errors.length > 0) throw new AttributeError(`The attribute ordinal-ranking-dimensions cannot be read, ${errors[0]}`);
  if (values.length === 0) throw new AttributeError('The attribute ordinal-ranking-dimensions must be a list such as [{"name": "Clarity", "allowTie": true}], and it is empty');
  return values;
}
