/**
 * The state of a tool whose work is a list of labelled items: the items with their history, the selection, and what is
 * shown. Knows neither the DOM nor what an item is made of; the shell and the stage listen to it.
 */
import { readEach, readItems, type JsonObject } from '../base/json-attributes.ts';
import type { Json } from '../frame/protocol.ts';
import { History } from '../history/history.ts';
import { LabelSet } from '../labels/label-set.ts';
import { changeAnswer, type Losses } from './losses.ts';
import { Marks } from './marks.ts';
import type { Change, Work } from './work.ts';

export type Item = { readonly id: number; readonly label: string; readonly score?: number };

/** What the state must know about a kind of item. */
export interface ItemKind<I> {
  /** The key of the list in the answer, and in an `initial-value` that is an object. */
  readonly answerKey: string;
  /** Reads an item of `initial-value`; throws an AttributeError that names what is missing. */
  read(item: JsonObject, id: number): I;
  same(a: I, b: I): boolean;
}

/** How items lie in what they are drawn on, of which the state knows nothing else. */
export interface Fit<I> {
  /** The part of an item that lies in it, the same object each time; undefined where none does. */
  of(item: I): I | undefined;
  isCut(item: I): boolean;
}

export type Mode = 'draw' | 'select';

/** The item under another label. Its score said how sure the model was of the old one. */
export function withLabel<I extends Item>(item: I, label: string): I {
  const { score: _, ...unscored } = item;
  return { ...unscored, label } as I;
}
const NONE: ReadonlySet<number> = new Set();

export class Annotations<I extends Item> implements Work {
  readonly labels = new LabelSet((what) => (what === 'list' ? this.refit() : this.update()));
  readonly history = new History<readonly I[]>([]);
  /** What the template gave, or undefined when it gave nothing. */
  initial: readonly I[] | undefined;
  /** What the history started with: what the template gave, or a draft. */
  start: readonly I[] = [];
  /** The item being drawn or changed right now; it replaces the one with its id until it is committed. */
  preview: I | undefined;
  hovered: number | undefined;
  mode: Mode = 'draw';
  /** Which items are locked, and which are hidden one by one. */
  readonly marks = new Marks((what) => (what === 'hidden' ? this.hide() : this.notify()));

  private selection: number | undefined;
  /** The ids of what is selected beside that. */
  private others = NONE;
  /** The selected item was drawn just now. */
  private fresh = false;
  /** Where an item was deleted last: stepping goes on from there. */
  private gap: number | undefined;
  private nextId = 1;
  /** The lists of items of which the worker has said that there is nothing to label: undo takes back what was said, too. */
  private readonly decided = new WeakSet<readonly I[]>();
  private present: readonly I[] | undefined;
  private source: readonly I[] | undefined;
  private readonly filters = new Map<string, (item: I) => boolean>();
  private onScreen: { readonly items: readonly I[]; readonly version: number; readonly visible: readonly I[] } | undefined;
  private filterChanges = 0;
  private counted: readonly I[] | undefined;
  private counts = new Map<string, number>();
  /** How many given items could not even be read. */
  private unreadable = 0;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(
    private readonly kind: ItemKind<I>,
    private readonly fit: Fit<I>,
  ) {
    this.labels.beside = this.marks;
  }

  listen(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  /** Tells every listener that something changed. */
  notify(change: Change = 'state'): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Shows an item in the middle of a gesture; no more than the stage needs to follow. */
  show(preview: I | undefined): void {
    this.preview = preview;
    this.notify('live');
  }

  newId(): number {
    return this.nextId++;
  }

  // Labels

  /** Gives all that is selected, which may have been drawn just now, this label, and the next one too. */
  chooseLabel(label: string): void {
    const { fresh } = this;
    if (this.selected) {
      this.relabel(this.selectedItems, label);
      this.fresh = fresh;
    } else {
      this.select(undefined);
      this.mode = 'draw';
    }
    this.labels.choose(label);
  }

  private relabel(items: readonly I[], label: string): void {
    this.labels.show(label);
    const others = items.filter((item) => item.label !== label);
    if (others.length > 0) this.replaceAll(others.map((item) => withLabel(item, label)));
  }

  // Items

  /** What the items lie in has changed, or which labels there are. */
  refit(): void {
    this.present = undefined;
    this.update();
  }

  /** The items of the answer: those in place whose label exists, in the order given and drawn. */
  get items(): readonly I[] {
    if (this.present === undefined || this.source !== this.history.present) {
      this.source = this.history.present;
      const listed = this.source.filter((item) => this.isListed(item));
      this.present = listed.map((item) => this.fit.of(item)).filter((item) => item !== undefined);
    }
    return this.present;
  }

  /** What of the given items is not in the answer as it was given. Without labels there is nothing to say about labels. */
  get losses(): Losses {
    const initial = this.initial ?? [];
    const listed = initial.filter((item) => this.isListed(item));
    return {
      cut: listed.filter((item) => this.fit.isCut(item)).length,
      outside: listed.filter((item) => this.fit.of(item) === undefined).length,
      unreadable: this.unreadable,
      unlisted: this.labels.names.length > 0 ? initial.length - listed.length : 0,
    };
  }

  get unlisted(): readonly string[] {
    const names = (this.initial ?? []).map(({ label }) => label);
    return [...new Set(names)].filter((name) => !this.labels.has(name));
  }

  /** Shows only the items that pass; each filter has a name, under which it is replaced or, by undefined, taken away. */
  setFilter(name: string, passes: ((item: I) => boolean) | undefined): void {
    if (passes) this.filters.set(name, passes);
    else if (!this.filters.delete(name)) return;
    this.filterChanges += 1;
    this.update();
  }

  /** The items on screen, the same list until something changes. */
  get visible(): readonly I[] {
    const { items } = this;
    const version = this.filterChanges + this.labels.version;
    if (this.onScreen?.items !== items || this.onScreen.version !== version) this.onScreen = { items, version, visible: this.seen(items) };
    return this.onScreen.visible;
  }

  /** Those of the items that are not hidden. */
  protected seen(items: readonly I[]): readonly I[] {
    const filters = [...this.filters.values()];
    if (!this.labels.anyHidden && filters.length === 0) return items;
    return items.filter((item) => this.isLabelShown(item) && filters.every((passes) => passes(item)));
  }

  protected isLabelShown({ label }: I): boolean {
    return !this.labels.isHidden(label);
  }

  get count(): number {
    return this.items.length;
  }

  get hiddenCount(): number {
    return this.count - this.visible.length;
  }

  countOf(label: string): number {
    const { items } = this;
    if (this.counted !== items) {
      this.counted = items;
      this.counts = new Map();
      for (const item of items) this.counts.set(item.label, (this.counts.get(item.label) ?? 0) + 1);
    }
    return this.counts.get(label) ?? 0;
  }

  /** Does the answer differ from what the template gave? */
  get isModified(): boolean {
    const initial = this.initial ?? [];
    const now = this.history.present;
    if (changeAnswer(this.losses)) return true;
    return now !== initial && !(now.length === initial.length && now.every((item, index) => this.kind.same(item, initial[index] as I)));
  }

  readInitial(text: string): { length: number; errors: string[] } {
    const list = readItems('initial-value', text, this.kind.answerKey);
    const { values, errors } = this.readEach(list ?? []);
    this.setInitial(list && values, errors.length);
    return { length: list?.length ?? 0, errors };
  }

  /** Takes what the template gave, and how many items of it cannot be read; the history starts here. */
  setInitial(items: readonly I[] | undefined, unreadable = 0): void {
    this.initial = items;
    this.unreadable = unreadable;
    this.restart(items ?? []);
  }

  reset(): void {
    this.restart(this.initial ?? []);
  }

  save(): Json {
    // Drafts of the first release call the items so.
    const items = this.history.present.map(({ id: _, ...item }) => item as JsonObject);
    return { shapes: items, nothingToLabel: this.nothingToLabel, ...this.marks.save(this.ids) };
  }

  /** Takes an earlier visit's items; the history starts here, what the template gave stays the measure. */
  restore(saved: Json): void {
    if (saved === null || typeof saved !== 'object' || Array.isArray(saved) || !Array.isArray(saved.shapes)) return;
    const { values, errors } = this.readEach(saved.shapes);
    if (saved.nothingToLabel === true) this.decided.add(values);
    this.restart(values);
    // Positions mean nothing where items are missing.
    if (errors.length === 0) this.marks.restore(saved, this.ids);
  }

  private get ids(): number[] {
    return this.history.present.map(({ id }) => id);
  }

  private readEach(list: readonly Json[]): { values: I[]; errors: string[] } {
    return readEach(list, (item) => this.kind.read(item, this.newId()));
  }

  /** Is there such a label? */
  isListed({ label }: I): boolean {
    return this.labels.has(label);
  }

  protected restart(items: readonly I[]): void {
    this.start = items;
    this.history.restart(items);
    this.marks.clear();
    this.preview = undefined;
    this.select(undefined);
    this.notify();
  }

  /** Adds an item that was just drawn and selects it. */
  add(item: I): void {
    this.insert([item]);
    this.fresh = true;
    this.notify('items');
  }

  /** Adds items that were made otherwise and selects them, in one step. */
  addAll(items: readonly I[]): void {
    this.insert(items);
    this.notify('items');
  }

  private insert(items: readonly I[]): void {
    for (const { label } of items) this.labels.show(label);
    this.commit([...this.history.present, ...items], undefined, false);
    this.selectSeveral(items.map(({ id }) => id));
  }

  /** Changes the item with this one's id. Changes of one `run` are undone together. */
  replace(item: I, run?: string): void {
    this.replaceAll([item], run);
  }

  /** Changes several items in one step. Those that are locked stay as they are. */
  replaceAll(items: readonly I[], run?: string): void {
    const changed = new Map(items.map((item) => [item.id, item]));
    let isNews = false;
    const all = this.history.present.map((old) => {
      const item = changed.get(old.id);
      if (item === undefined || this.marks.isLocked(old.id) || this.kind.same(old, item)) return old;
      isNews = true;
      return item;
    });
    if (!isNews) return this.notify();
    this.fresh = false;
    this.commit(all, run);
    this.notify('items');
  }

  /** The worker says that there is nothing to label. */
  get nothingToLabel(): boolean {
    return this.decided.has(this.history.present);
  }

  decideNothing(isNothing: boolean): void {
    if (isNothing === this.nothingToLabel) return;
    this.commit([...this.history.present], undefined, isNothing);
    this.notify('items');
  }

  /** Those that are locked stay. */
  removeSelected(): void {
    const isRemoved = ({ id }: I): boolean => this.isSelected(id) && !this.marks.isLocked(id);
    const items = this.visible;
    const index = items.findIndex(isRemoved);
    if (index === -1) return;
    const removed = new Set(items.filter(isRemoved).map(({ id }) => id));
    this.commit(this.history.present.filter(({ id }) => !removed.has(id)));
    this.select(undefined);
    this.gap = index;
    this.notify('items');
  }

  /** Deletes these of the answer's items at once; how many that were. */
  removeAll(isMeant: (item: I) => boolean): number {
    const removed = new Set(this.items.filter(isMeant).map(({ id }) => id));
    if (removed.size === 0) return 0;
    this.commit(this.history.present.filter(({ id }) => !removed.has(id)));
    this.update('items');
    return removed.size;
  }

  // History

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  undo(): void {
    this.history.undo();
    this.onHistory();
  }

  redo(): void {
    this.history.redo();
    this.onHistory();
  }

  // Selection

  get selected(): I | undefined {
    return this.selection === undefined ? undefined : this.items.find(({ id }) => id === this.selection);
  }

  get hasSelection(): boolean {
    return this.selected !== undefined;
  }

  /** The selected item was drawn just now, and nothing else was done to it but to give it a label. */
  get isFresh(): boolean {
    return this.fresh;
  }

  /** All that is selected, in the order of the answer. */
  get selectedItems(): readonly I[] {
    if (this.others.size > 0) return this.items.filter(({ id }) => this.isSelected(id));
    const { selected } = this;
    return selected ? [selected] : [];
  }

  isSelected(id: number): boolean {
    return id === this.selection || this.others.has(id);
  }

  /** Is more than one selected? */
  get isSeveral(): boolean {
    return this.others.size > 0;
  }

  select(id: number | undefined): void {
    this.selection = id;
    this.others = NONE;
    this.gap = undefined;
    this.fresh = false;
    this.history.seal();
  }

  /** What was only just drawn is from now on like any other: a label is for it. */
  settle(): void {
    this.fresh = false;
  }

  deselect(): void {
    this.select(undefined);
    this.notify();
  }

  /** Selects all of them; the last is the one that is meant where only one can be. */
  selectSeveral(ids: readonly number[]): void {
    this.select(ids.at(-1));
    if (ids.length > 1) this.others = new Set(ids.slice(0, -1));
  }

  /** Adds an item to what is selected, or takes it away. */
  toggleSelected(id: number): void {
    const ids = this.selectedItems.map((item) => item.id).filter((other) => other !== this.selection);
    const all = this.selection === undefined ? ids : [...ids, this.selection];
    this.selectSeveral(all.includes(id) ? all.filter((other) => other !== id) : [...all, id]);
    this.notify();
  }

  /** What a pointer can get hold of: what is on screen and not locked. */
  get reachable(): readonly I[] {
    return this.marks.anyLocked ? this.visible.filter(({ id }) => !this.marks.isLocked(id)) : this.visible;
  }

  /** The one item that is selected, if it may be changed. */
  get editable(): I | undefined {
    const { selected } = this;
    return selected && !this.isSeveral && !this.marks.isLocked(selected.id) ? selected : undefined;
  }

  /** The neighbour of the selected item among those on screen; undefined past either end. */
  neighbour(step: 1 | -1): I | undefined {
    const items = this.visible;
    const at = items.findIndex(({ id }) => id === this.selection);
    if (at !== -1) return items[at + step];
    if (this.gap !== undefined) return items[step === 1 ? this.gap : this.gap - 1];
    return items.at(step === 1 ? 0 : -1);
  }

  private commit(items: readonly I[], run?: string, isNothing = this.nothingToLabel): void {
    if (isNothing) this.decided.add(items);
    this.history.commit(items, run);
    this.preview = undefined;
  }

  private onHistory(): void {
    this.preview = undefined;
    this.update('items');
  }

  private hide(): void {
    const { marks } = this;
    this.setFilter('hidden', marks.any ? ({ id }) => !marks.isHidden(id) : undefined);
  }

  /** What is not on screen any more is not selected either. */
  private update(change: Change = 'state'): void {
    if (this.isSeveral) this.keepSelected(new Set(this.visible.map(({ id }) => id)));
    else if (this.selection !== undefined && !this.visible.some(({ id }) => id === this.selection)) this.select(undefined);
    this.notify(change);
  }

  private keepSelected(there: ReadonlySet<number>): void {
    const all = [...this.others, this.selection as number];
    const kept = all.filter((id) => there.has(id));
    if (kept.length < all.length) this.selectSeveral(kept);
  }
}
