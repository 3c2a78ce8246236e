/**
 * The state of a tool whose work is a list of labelled items: how they are added, changed and deleted, and which are selected. Knows no
 * DOM.
 */
import { ItemList, type Item } from './item-list.ts';
import type { Change, Work } from './work.ts';

/** The item under another label. Its score said how sure the model was of the old one. */
export function withLabel<I extends Item>(item: I, label: string): I {
  const { score: _, ...unscored } = item;
  return { ...unscored, label } as I;
}

export type Mode = 'draw' | 'select';

const NONE: ReadonlySet<number> = new Set();

export class Annotations<I extends Item> extends ItemList<I> implements Work {
  /** The item being drawn or changed right now; it replaces the one with its id until it is committed. */
  preview: I | undefined;
  hovered: number | undefined;
  mode: Mode = 'draw';

  private selection: number | undefined;
  /** The ids of what is selected beside that. */
  private others = NONE;
  /** The selected item was drawn just now. */
  private fresh = false;
  /** Where an item was deleted last: stepping goes on from there. */
  private gap: number | undefined;

  /** Shows an item in the middle of a gesture; no more than the stage needs to follow. */
  show(preview: I | undefined): void {
    this.preview = preview;
    this.notify('live');
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

  get label(): string {
    return this.selected?.label ?? this.labels.active;
  }

  // Items

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

  /** Deletes these of the answer's items at once, but for those that are locked; how many that were. */
  removeAll(isMeant: (item: I) => boolean): number {
    const removed = new Set(this.items.filter((item) => isMeant(item) && !this.marks.isLocked(item.id)).map(({ id }) => id));
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

  /** What is not on screen any more is not selected either. */
  protected update(change: Change = 'state'): void {
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
