/**
 * The answer to a document: the blocks under review with what a worker has corrected
 * (`a2i-facts/crowd-elements/document-and-moderation.md`). How a worker's other words are written is ours to choose: of what is no
 * pair neither block is there; a key that is not found is a KEY without a VALUE; a blank value is a VALUE with an empty text. Knows no DOM.
 */
import type { Rect } from '../base/geometry.ts';
import type { JsonObject } from '../base/json-object.ts';
import { sorted } from '../base/sorted.ts';
import type { Json } from '../frame/protocol.ts';
import { idsOf, joined, PAIRS, type Block } from './blocks.ts';
import { geometryOf } from './box.ts';
import type { Field, Fields } from './fields.ts';

/** Blocks in the order given, and behind them those of keys that were looked for and not given. */
export function answerOf({ blocks, all }: Fields): JsonObject {
  const given: Given = new Map();
  const added: JsonObject[] = [];
  const ids = new Set(blocks.reviewed.map(({ id }) => id));
  let missing = 0;
  for (const field of all) {
    if (field.source.key || field.source.values.length > 0) writeGiven(field, given, added, ids);
    else writeWanted(field, (missing += 1), added, ids);
  }
  const kept = blocks.reviewed.map(({ id }) => given.get(id)).filter((block) => block !== undefined);
  return sorted({ blocks: [...kept, ...added] });
}

/** What becomes of the blocks given, by their ids; nothing of those that are no pair. */
type Given = Map<string, JsonObject>;

function writeGiven(field: Field, given: Given, added: JsonObject[], ids: Set<string>): void {
  const { key, values } = field.source;
  if (field.verdict === 'no') return;
  const isAlone = field.verdict === 'not-found';
  if (!isAlone) writeValues(field, given);
  if (!key) return;
  const block = changed(key, field.key, field.keyBox);
  const addsValue = values.length === 0 && (field.verdict === 'blank' || (field.verdict === 'pair' && field.value !== ''));
  if (addsValue) {
    const id = freshId(`${key.id}-value`, ids);
    added.push(newBlock('VALUE', id, field.value, [], field.valueBox));
    given.set(key.id, { ...block, relationships: relationsOf(block, id) });
  } else given.set(key.id, isAlone ? { ...block, relationships: relationsOf(block) } : block);
}

/** A text that was corrected stands, as a whole, in the first of several values. */
function writeValues({ source: { values }, value, verdict, valueBox }: Field, given: Given): void {
  const [first, ...rest] = values;
  if (!first) return;
  const isGiven = verdict === 'pair' && value === joined(values);
  given.set(first.id, changed(first, isGiven ? first.text : value, valueBox));
  for (const block of rest) given.set(block.id, changed(block, isGiven ? block.text : '', block.box));
}

function writeWanted(field: Field, number: number, added: JsonObject[], ids: Set<string>): void {
  if (field.verdict === 'open' || field.verdict === 'no') return;
  const id = freshId(`important-form-key-${number}`, ids);
  const valueId = field.verdict === 'not-found' ? undefined : freshId(`${id}-value`, ids);
  added.push(newBlock('KEY', id, field.key, relationsOf({}, valueId), field.keyBox));
  if (valueId !== undefined) added.push(newBlock('VALUE', valueId, field.value, [], field.valueBox));
}

function changed({ given, box: old }: Block, text: string, box: Rect | undefined): JsonObject {
  const geometry = box && box !== old ? { geometry: geometryOf(box) } : {};
  return { ...given, ...geometry, text };
}

/** Those to its words, and to this value in place of any other. */
function relationsOf(block: JsonObject, valueId?: string): Json[] {
  const children = idsOf(block, 'CHILD');
  return [
    ...(children.length > 0 ? [{ ids: children, type: 'CHILD' }] : []),
    ...(valueId === undefined ? [] : [{ ids: [valueId], type: 'VALUE' }]),
  ];
}

const newBlock = (entity: 'KEY' | 'VALUE', id: string, text: string, relationships: Json[], box: Rect | undefined): JsonObject => ({
  blockType: PAIRS,
  entityTypes: [entity],
  ...(box ? { geometry: geometryOf(box) } : {}),
  id,
  relationships,
  text,
});

function freshId(wanted: string, ids: Set<string>): string {
  let id = wanted;
  for (let number = 2; ids.has(id); number += 1) id = `${wanted}-${number}`;
  ids.add(id);
  return id;
}
