import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../frame/protocol.ts';
import { answerOf } from './answer.ts';
import { readBlocks } from './blocks.ts';
import { boxOf, geometryOf } from './box.ts';
import { Fields } from './fields.ts';
import { keyFinder, readWantedKeys } from './wanted-keys.ts';

const key = (id: string, text: string, values: string[], more: object = {}): Json => ({
  blockType: 'KEY_VALUE_SET',
  entityTypes: ['KEY'],
  id,
  relationships: [
    { ids: [`${id}-w`], type: 'CHILD' },
    { ids: values, type: 'VALUE' },
  ],
  text,
  ...more,
});
const value = (id: string, text: string, more: object = {}): Json => ({ blockType: 'KEY_VALUE_SET', entityTypes: ['VALUE'], id, relationships: [], text, ...more });

function fieldsOf(blocks: Json[], keys = '[]'): Fields {
  const fields = new Fields(() => {});
  fields.setBlocks(readBlocks(blocks));
  fields.setWanted(readWantedKeys(keys));
  return fields;
}

const PAIR = [key('k', 'Surname', ['v']), value('v', 'Okafor')];

test('untouched, the answer is what was given, with its own members', () => {
  const given = [key('k', 'Surname', ['v'], { confidence: 40 }), value('v', 'Okafor', { geometry: { boundingBox: { left: 0.1, top: 0.2, width: 0.3, height: 0.1 } } })];

  assert.deepEqual(answerOf(fieldsOf(given)), { blocks: given });
});

test('corrected texts stand in their blocks', () => {
  const fields = fieldsOf(PAIR);

  fields.write(0, 'key', 'Family name');
  fields.write(0, 'value', 'Okafore');

  assert.deepEqual(answerOf(fields), { blocks: [key('k', 'Family name', ['v']), value('v', 'Okafore')] });
});

test('what is no pair is left out, a key that is not found stands alone, a blank value has no text', () => {
  const fields = fieldsOf(PAIR);

  fields.judge(0, 'no');
  assert.deepEqual(answerOf(fields), { blocks: [] });
  fields.judge(0, 'not-found');
  assert.deepEqual(answerOf(fields), { blocks: [{ ...(key('k', 'Surname', []) as object), relationships: [{ ids: ['k-w'], type: 'CHILD' }] }] });
  fields.judge(0, 'blank');
  assert.deepEqual(answerOf(fields), { blocks: [key('k', 'Surname', ['v']), value('v', '')] });
  fields.judge(0, 'blank');
  assert.deepEqual(answerOf(fields), { blocks: PAIR });
});

test('a key without a value gets one when somebody writes it', () => {
  const fields = fieldsOf([key('k', 'Surname', [])]);

  fields.write(0, 'value', 'Okafor');

  assert.deepEqual(answerOf(fields), { blocks: [key('k', 'Surname', ['k-value']), value('k-value', 'Okafor')] });
});

test('a key to look for is not in the answer until somebody says something of it', () => {
  const fields = fieldsOf(PAIR, `[{importantFormKey: 'Mail', importantFormKeyAliases: ['E-mail']}, {importantFormKey: 'surname'}]`);

  assert.deepEqual(fields.all.map((field) => [field.key, field.verdict]), [['Mail', 'open'], ['Surname', 'pair']]);
  assert.deepEqual(answerOf(fields), { blocks: PAIR });

  fields.judge(0, 'not-found');
  const alone = { blockType: 'KEY_VALUE_SET', entityTypes: ['KEY'], id: 'important-form-key-1', relationships: [], text: 'Mail' };
  assert.deepEqual(answerOf(fields), { blocks: [...PAIR, alone] });

  fields.write(0, 'value', 'a@b.test');
  const related = { ...alone, relationships: [{ ids: ['important-form-key-1-value'], type: 'VALUE' }] };
  assert.deepEqual(answerOf(fields), { blocks: [...PAIR, related, value('important-form-key-1-value', 'a@b.test')] });

  fields.write(0, 'value', '');
  assert.deepEqual(answerOf(fields), { blocks: PAIR });
});

test('aliases name the same key, whatever a form prints around a name', () => {
  const wanted = readWantedKeys(`[{importantFormKey: 'Mail', importantFormKeyAliases: ['E-mail address', 3]}, 'mail']`);
  const keyOf = keyFinder(wanted);

  assert.deepEqual([' e-mail  ADDRESS: ', 'MAIL', 'Mailbox', '__proto__'].map(keyOf), [wanted[0], wanted[0], undefined, undefined]);
});

test('the least sure come first, a word counts as its pair', () => {
  const word = { blockType: 'WORD', id: 'b-w', text: 'B', confidence: 10 };
  const fields = fieldsOf([key('a', 'A', [], { confidence: 80 }), key('b', 'B', [], { confidence: 99 }), key('c', 'C', []), word]);

  assert.deepEqual(fields.all.map((field) => field.key), ['B', 'A', 'C']);
  assert.equal(fields.doubtfulCount, 2);
  fields.select(0);
  assert.equal(fields.nextDoubtful(1), 1);
  fields.check(1);
  assert.equal(fields.nextDoubtful(1), undefined);
});

test('blocks without text take that of their words; ticks say whether they are set', () => {
  const blocks = readBlocks([
    { blockType: 'KEY_VALUE_SET', entityTypes: ['KEY'], id: 'k', relationships: [{ type: 'CHILD', ids: ['w1', 'w2', 'gone', 's'] }] },
    { blockType: 'WORD', id: 'w1', text: 'Date' },
    { blockType: 'WORD', id: 'w2', text: 'of birth' },
    { blockType: 'SELECTION_ELEMENT', id: 's', selectionStatus: 'SELECTED' },
  ]);

  assert.equal(blocks.pairs[0]?.key.text, 'Date of birth SELECTED');
});

test("Textract's own spelling of members is read too", () => {
  const fields = fieldsOf([
    { BlockType: 'KEY_VALUE_SET', EntityTypes: ['KEY'], Id: 'k', Text: 'Name', Geometry: { BoundingBox: { Left: 0, Top: 0, Width: 1, Height: 0.5 } }, Relationships: [{ Type: 'VALUE', Ids: ['v'] }] },
    { BlockType: 'KEY_VALUE_SET', EntityTypes: ['VALUE'], Id: 'v', Text: 'Ada' },
  ]);

  assert.deepEqual(fields.all.map((field) => [field.key, field.value, field.keyBox?.height]), [['Name', 'Ada', 0.5]]);
});

test('circles, ids that are missing or repeated, and things that are no blocks do no harm', () => {
  const blocks = readBlocks([
    key('k', 'Round', ['k', 'k', 'v', 'nowhere']),
    value('v', 'About', { relationships: [{ type: 'CHILD', ids: ['v', 'k'] }] }),
    value('v', 'Again'),
    { blockType: 'KEY_VALUE_SET' },
    { blockType: 'TABLE', id: 't', relationships: [{ type: 'CHILD', ids: ['t', 't'] }] },
    null,
    'text',
    { blockType: 7 },
    key('odd', 'Odd', [], { relationships: [7, { type: 'VALUE', ids: 'v' }, null], page: -3, confidence: 'high', geometry: 'none' }),
  ] as Json[]);

  assert.equal(blocks.unreadable, 3);
  assert.deepEqual(blocks.pairs.map(({ key: { text }, values }) => [text, values.map((block) => block.text)]), [['Round', ['About']], ['Odd', []]]);
  assert.deepEqual(blocks.strays.map(({ id }) => id), ['block 4']);
});

test('a box is kept to its page; one that says nothing is none', () => {
  assert.deepEqual(boxOf({ boundingBox: { left: -0.5, top: 0.5, width: 1, weight: 9 } }), { left: 0, top: 0.5, width: 0.5, height: 0.5 });
  assert.deepEqual(boxOf({ polygon: [{ x: 0.1, y: 0.1 }, { x: 0.5, y: 0.25 }, {}] }), { left: 0.1, top: 0.1, width: 0.4, height: 0.15 });
  for (const geometry of [undefined, {}, { boundingBox: { left: 2, top: 0, width: 1, height: 1 } }, { boundingBox: { left: '0' } }, { polygon: [{ x: 1 }] }] as Json[]) {
    assert.equal(boxOf(geometry), undefined);
  }
});

test('a box that was moved is written as Textract writes one', () => {
  const fields = fieldsOf(PAIR);
  const box = { left: 0.25, top: 0.5, width: 0.25, height: 0.125 };

  fields.moveBox(0, 'value', box);

  assert.deepEqual(answerOf(fields), { blocks: [PAIR[0], { ...(PAIR[1] as object), geometry: geometryOf(box) }] });
});

test('what was typed in one go is undone in one go', () => {
  const fields = fieldsOf(PAIR);

  fields.write(0, 'value', 'O');
  fields.write(0, 'value', 'Ok');
  fields.undo();

  assert.equal(fields.all[0]?.value, 'Okafor');
  fields.redo();
  assert.equal(fields.all[0]?.value, 'Ok');
});

test('a draft comes back, also before the blocks do, and is forgotten by a reset', () => {
  const fields = fieldsOf(PAIR);
  fields.write(0, 'value', 'Okafore');
  const later = new Fields(() => {});

  later.restore(fields.save());
  later.setBlocks(readBlocks(PAIR));
  assert.equal(later.all[0]?.value, 'Okafore');

  later.reset();
  assert.deepEqual(answerOf(later), { blocks: PAIR });
  assert.deepEqual(later.save(), {});
});
