/**
 * The items of a tool whose work is a list of them: what was given, what is in the answer, what is on screen, drafts. Knows neither
 * the DOM nor what an item is made of; the shell and the stage listen to it.
 */
import { readEach, readItems } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { History } from '../history/history.ts';
import { LabelSet } from '../labels/label-set.ts';
import { changeAnswer, type Losses } from './losses.ts';
import { Marks } from './marks.ts';
import type { Change } from './work.ts';

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

export abstract class ItemList<I extends Item> {
  readonly labels = new LabelSet((what) => (what === 'list' ? this.refit() : this.update()));
  readonly history = new History<readonly I[]>([]);
  /** What the template gave, or undefined when it gave nothing. */
  initial: readonly I[] | undefined;
  /** What the history started with: what the template gave, or a draft. */
  start: readonly I[] = [];
  /** Which items are locked, and which are hidden one by one. */
  readonly marks = new Marks((what) => (what === 'hidden' ? this.hide() : this.notify()));

  /** The lists of items of which the worker has said that there is nothing to label: undo takes back what was said, too. */
  protected readonly decided = new WeakSet<readonly I[]>();
  private nextId = 1;
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
    protected readonly kind: ItemKind<I>,
    private readonly fit: Fit<I>,
  ) {
    this.labels.beside = this.marks;
  }

  /** The list of items, its labels or what is shown of it has changed. */
  protected abstract update(change?: Change): void;
  /** From now on the work is this, without a past. */
  protected abstract restart(items: readonly I[]): void;

  listen(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  /** Tells every listener that something changed. */
  notify(change: Change = 'state'): void {
    for (const listener of this.listeners) listener(change);
  }

  newId(): number {
    return this.nextId++;
  }

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
    if (!isJsonObject(saved) || !Array.isArray(saved.shapes)) return;
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

  /** The worker says that there is nothing to label. */
  get nothingToLabel(): boolean {
    return this.decided.has(this.history.present);
  }

  private hide(): void {
    const { marks } = this;
    this.setFilter('hidden', marks.any ? ({ id }) => !marks.isHidden(id) : undefined);
  }
}
