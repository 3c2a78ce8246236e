/**
 * Reads the blocks that Textract found in a document: pairs of a key and its values, words, tables
 * (`a2i-facts/crowd-elements/document-and-moderation.md`). Blocks name each other by ids, which may be missing, repeated or go round
 * in circles; no way along them is longer than from a table over a cell to a word. Knows no DOM.
 */
import type { Rect } from '../base/geometry.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { boxOf } from './box.ts';

export const PAIRS = 'KEY_VALUE_SET';

export type Block = {
  readonly id: string;
  readonly type: string;
  /** As it was given, with its members in camel case. */
  readonly given: JsonObject;
  readonly text: string;
  /** From 1. */
  readonly page: number;
  /** In parts of the page; missing where the block says none. */
  readonly box?: Rect;
  /** How sure Textract was, 0 to 100; missing where it does not say. */
  readonly confidence?: number;
};

export type Pair = { readonly key: Block; readonly values: readonly Block[] };
export type Cell = { readonly row: number; readonly column: number; readonly block: Block };
export type Table = { readonly cells: readonly Cell[] };

export type Blocks = {
  /** Every block of the kind under review, in the order given. */
  readonly reviewed: readonly Block[];
  readonly pairs: readonly Pair[];
  /** Values that no key names. */
  readonly strays: readonly Block[];
  readonly words: readonly Block[];
  readonly tables: readonly Table[];
};

/** The text of several blocks. */
export const joined = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).filter(Boolean).join(' ');

const textOf = (value: Json | undefined): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Textract's own answer has `BlockType` where A2I hands `blockType` to a template. */
function inCamelCase(value: Json, depth = 6): Json {
  if (depth === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => inCamelCase(item, depth - 1));
  const entries = Object.entries(value).map(([key, item]) => [key.charAt(0).toLowerCase() + key.slice(1), inCamelCase(item, depth - 1)] as const);
  return Object.fromEntries(entries);
}

/** The ids under a relationship, `CHILD` or `VALUE`. */
export const idsOf = (given: JsonObject, type: string): string[] =>
  listOf(given.relationships)
    .filter(isJsonObject)
    .filter((relationship) => relationship.type === type)
    .flatMap(({ ids }) => listOf(ids).map(textOf));

const isOf = ({ given }: Block, entity: string): boolean => listOf(given.entityTypes).includes(entity);

/** What is no object or has no type is no block, and is counted in `unreadable`. */
export function readBlocks(items: readonly Json[]): Blocks & { readonly unreadable: number } {
  const objects = items.map((item) => inCamelCase(item)).filter((item) => isJsonObject(item) && typeof item.blockType === 'string') as JsonObject[];
  const byId = new Map<string, JsonObject>();
  for (const given of objects) if (!byId.has(textOf(given.id))) byId.set(textOf(given.id), given);
  const blocks = objects.map((given, index) => readBlock(given, `block ${index + 1}`, byId));
  const blockById = new Map<string, Block>();
  for (const block of blocks) if (!blockById.has(block.id)) blockById.set(block.id, block);
  const linked = (block: Block, type: string): Block[] =>
    [...new Set(idsOf(block.given, type))].map((id) => blockById.get(id)).filter((found) => found !== undefined && found !== block) as Block[];

  const reviewed = blocks.filter((block) => block.type === PAIRS && blockById.get(block.id) === block);
  const pairs = reviewed
    .filter((block) => isOf(block, 'KEY'))
    .map((key) => ({ key, values: linked(key, 'VALUE').filter((value) => value.type === PAIRS && !isOf(value, 'KEY')) }));
  const named = new Set(pairs.flatMap(({ values }) => values));
  return {
    reviewed,
    pairs: pairs.map(({ key, values }) => ({ key: surest(key, values, linked), values })),
    strays: reviewed.filter((block) => !isOf(block, 'KEY') && !named.has(block)),
    words: blocks.filter(({ type }) => type === 'WORD'),
    tables: blocks.filter(({ type }) => type === 'TABLE').map((table) => readTable(table, linked)),
    unreadable: items.length - objects.length,
  };
}

function readBlock(given: JsonObject, name: string, byId: ReadonlyMap<string, JsonObject>): Block {
  const box = boxOf(given.geometry);
  const { confidence, page } = given;
  return {
    id: textOf(given.id) || name,
    type: textOf(given.blockType),
    given,
    text: 'text' in given ? textOf(given.text) : joinedText(given, byId),
    page: typeof page === 'number' && page >= 1 ? Math.floor(page) : 1,
    ...(box ? { box } : {}),
    ...(typeof confidence === 'number' && Number.isFinite(confidence) ? { confidence } : {}),
  };
}

/** The words of a block; a tick says whether it is set. */
const joinedText = (given: JsonObject, byId: ReadonlyMap<string, JsonObject>): string =>
  idsOf(given, 'CHILD')
    .map((id) => byId.get(id))
    .map((child) => (child === undefined ? '' : textOf(child.text) || textOf(child.selectionStatus)))
    .filter(Boolean)
    .join(' ');

/** A pair is as sure as the least sure of its parts and their words; the key stands for it. */
function surest(key: Block, values: readonly Block[], linked: (block: Block, type: string) => Block[]): Block {
  const parts = [key, ...values];
  const known = [...parts, ...parts.flatMap((part) => linked(part, 'CHILD'))].map(({ confidence }) => confidence).filter((number) => number !== undefined);
  return known.length === 0 ? key : { ...key, confidence: known.reduce((least, number) => Math.min(least, number)) };
}

const whole = (value: Json | undefined): number => (typeof value === 'number' && value >= 1 && value <= 1000 ? Math.floor(value) : 1);

const readTable = (table: Block, linked: (block: Block, type: string) => Block[]): Table => ({
  cells: linked(table, 'CHILD')
    .filter(({ type }) => type === 'CELL')
    .map((block) => ({ row: whole(block.given.rowIndex), column: whole(block.given.columnIndex), block })),
});
