/**
 * The fields of a document under review: pairs that were found, and keys that were looked for in vain, the doubtful first; what
 * a worker says of each, with its history. Knows no DOM.
 */
import type { Rect } from '../base/geometry.ts';
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { History } from '../history/history.ts';
import { joined, type Block, type Blocks } from './blocks.ts';
import { keyFinder, type WantedKey } from './wanted-keys.ts';

/** Below this a pair is doubtful, 0 to 100. Textract's own forms use 90 as the line between sure and unsure (our choice). */
export const SURE = 90;

/**
 * What the worker says: a pair; no pair; the key is not there; the value is blank. `open`: a key that was not found, of which
 * nobody has said anything.
 */
export type Verdict = 'pair' | 'no' | 'not-found' | 'blank' | 'open';
const VERDICTS: readonly string[] = ['pair', 'no', 'not-found', 'blank', 'open'] satisfies Verdict[];

export type Part = 'key' | 'value';

/** What a field was made of. */
export type Source = {
  /** By which a draft knows it. */
  readonly name: string;
  readonly key?: Block;
  readonly values: readonly Block[];
  readonly page: number;
  readonly confidence?: number;
  /** One of the keys that the task names. */
  readonly wanted?: WantedKey;
};

export type Field = {
  readonly source: Source;
  readonly key: string;
  readonly value: string;
  readonly keyBox?: Rect;
  readonly valueBox?: Rect;
  readonly verdict: Verdict;
  /** The worker has said that it is right as it stands. */
  readonly isChecked: boolean;
};

/** `answer`: it changed. `state`: what is shown did. */
export type Change = 'answer' | 'state';

export class Fields {
  blocks: Blocks = { reviewed: [], pairs: [], strays: [], words: [], tables: [] };
  private wanted: readonly WantedKey[] = [];
  private initial: readonly Field[] = [];
  /** What an earlier visit left, for fields that come later too. */
  private draft: { readonly [name: string]: Json } = {};
  private readonly history = new History<readonly Field[]>([]);
  private chosen: number | undefined;
  /** Which box of the selected field keys move. */
  part: Part = 'value';

  constructor(private readonly changed: (change: Change) => void) {}

  get all(): readonly Field[] {
    return this.history.present;
  }

  setBlocks(blocks: Blocks): void {
    this.blocks = blocks;
    this.rebuild();
  }

  setWanted(wanted: readonly WantedKey[]): void {
    this.wanted = wanted;
    this.rebuild();
  }

  // Selection

  /** The position of the selected field. */
  get selection(): number | undefined {
    return this.chosen;
  }

  get selected(): Field | undefined {
    return this.chosen === undefined ? undefined : this.all[this.chosen];
  }

  select(position: number | undefined): void {
    this.history.seal();
    this.chosen = position;
    this.part = 'value';
    this.changed('state');
  }

  /** The doubtful field after (or before) the selected one; undefined past either end. */
  nextDoubtful(step: 1 | -1): number | undefined {
    const from = this.chosen ?? (step === 1 ? -1 : this.all.length);
    for (let position = from + step; position >= 0 && position < this.all.length; position += step) {
      if (isDoubtful(this.all[position] as Field)) return position;
    }
    return undefined;
  }

  get doubtfulCount(): number {
    return this.all.filter(isDoubtful).length;
  }

  // What a worker says

  write(position: number, part: Part, text: string): void {
    const field = this.all[position];
    if (!field || field[part] === text) return;
    const verdict = part === 'key' ? field.verdict : text === '' ? untouchedVerdict(field.source) : 'pair';
    const changed = { [part]: text, verdict, isChecked: verdict !== 'open' };
    this.replace(position, { ...field, ...changed }, `${part} of ${position}`);
  }

  /** Says it, or takes it back. */
  judge(position: number, verdict: Verdict): void {
    const field = this.all[position];
    if (!field) return;
    const isBack = field.verdict === verdict;
    const value = verdict !== 'blank' ? field.value : isBack ? joined(field.source.values) : '';
    this.replace(position, { ...field, value, verdict: isBack ? untouchedVerdict(field.source) : verdict, isChecked: !isBack });
  }

  /** It is right as it stands. */
  check(position: number): void {
    const field = this.all[position];
    if (field && !field.isChecked && field.verdict !== 'open') this.replace(position, { ...field, isChecked: true });
  }

  moveBox(position: number, part: Part, box: Rect, run?: string): void {
    const field = this.all[position];
    if (field) this.replace(position, { ...field, [part === 'key' ? 'keyBox' : 'valueBox']: box }, run);
  }

  switchPart(): void {
    this.part = this.part === 'key' ? 'value' : 'key';
    this.changed('state');
  }

  /** The key that moved a box was let go: the next one is a step of its own. */
  endRun(): void {
    this.history.seal();
  }

  // History and drafts

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  undo(): void {
    this.history.undo();
    this.changed('answer');
  }

  redo(): void {
    this.history.redo();
    this.changed('answer');
  }

  reset(): void {
    this.draft = {};
    this.restart(this.initial);
  }

  /** What the worker has changed, by the names of fields. */
  save(): { [name: string]: Json } {
    const untouched = new Set(this.initial);
    const touched = this.all.filter((field) => !untouched.has(field));
    return { ...this.draft, ...Object.fromEntries(touched.map((field) => [field.source.name, stateOf(field)])) };
  }

  restore(draft: { readonly [name: string]: Json }): void {
    this.draft = draft;
    this.restart(this.initial.map((field) => restored(field, draft[field.source.name])));
  }

  private replace(position: number, field: Field, run?: string): void {
    this.history.commit(this.all.map((old, index) => (index === position ? field : old)), run);
    this.changed('answer');
  }

  private rebuild(): void {
    const kept = this.save();
    this.initial = sourcesOf(this.blocks, this.wanted).map(fieldOf);
    this.restore(kept);
  }

  private restart(fields: readonly Field[]): void {
    this.history.restart(fields);
    this.chosen = fields.length > 0 ? 0 : undefined;
    this.part = 'value';
    this.changed('state');
  }
}

export const isDoubtful = ({ source, verdict, isChecked }: Field): boolean =>
  verdict === 'open' || (!isChecked && (source.confidence ?? 100) < SURE);

const untouchedVerdict = ({ key, values }: Source): Verdict => (key || values.length > 0 ? 'pair' : 'open');

/** Keys to look for come first, then what was found, the least sure at the front. */
function sourcesOf(blocks: Blocks, wanted: readonly WantedKey[]): Source[] {
  const keyOf = keyFinder(wanted);
  const found: Source[] = blocks.pairs.map(({ key, values }) => {
    const match = keyOf(key.text);
    return {
      name: key.id,
      key,
      values,
      page: key.page,
      ...(key.confidence === undefined ? {} : { confidence: key.confidence }),
      ...(match ? { wanted: match } : {}),
    };
  });
  const strays: Source[] = blocks.strays.map((value) => ({
    name: value.id,
    values: [value],
    page: value.page,
    ...(value.confidence === undefined ? {} : { confidence: value.confidence }),
  }));
  const matched = new Set(found.map((source) => source.wanted));
  const missing = wanted.filter((one) => !matched.has(one));
  const open: Source[] = missing.map((one) => ({ name: `wanted ${one.key}`, values: [], page: 1, wanted: one }));
  const sure = ({ confidence }: Source): number => confidence ?? 100;
  return [...open, ...[...found, ...strays].sort((a, b) => sure(a) - sure(b))];
}

function fieldOf(source: Source): Field {
  const [value] = source.values;
  return {
    source,
    key: source.key?.text ?? source.wanted?.key ?? '',
    value: joined(source.values),
    ...(source.key?.box ? { keyBox: source.key.box } : {}),
    ...(value?.box ? { valueBox: value.box } : {}),
    verdict: untouchedVerdict(source),
    isChecked: false,
  };
}

type State = { key: string; value: string; verdict: string; isChecked: boolean; keyBox: Json; valueBox: Json };

const stateOf = ({ key, value, verdict, isChecked, keyBox, valueBox }: Field): State => ({
  key,
  value,
  verdict,
  isChecked,
  keyBox: keyBox ? { ...keyBox } : null,
  valueBox: valueBox ? { ...valueBox } : null,
});

const isRect = (value: Json | undefined): value is Rect & { [key: string]: Json } =>
  typeof value === 'object' && value !== null && ['left', 'top', 'width', 'height'].every((side) => typeof (value as { [key: string]: Json })[side] === 'number');

function restored(field: Field, state: Json | undefined): Field {
  if (!isJsonObject(state)) return field;
  const { key, value, verdict, isChecked, keyBox, valueBox } = state;
  if (typeof key !== 'string' || typeof value !== 'string' || typeof verdict !== 'string' || !VERDICTS.includes(verdict)) return field;
  return {
    ...field,
    key,
    value,
    verdict: verdict as Verdict,
    isChecked: isChecked === true,
    ...(isRect(keyBox) ? { keyBox } : {}),
    ...(isRect(valueBox) ? { valueBox } : {}),
  };
}
