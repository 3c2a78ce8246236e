/**
 * What a worker has locked or put out of sight, item by item. Neither is a part of the answer or of its history, and both
 * are kept with a draft. Knows no DOM.
 */
import type { JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { Hiding } from '../labels/label-set.ts';

/** The positions (0-based) that a draft names, of so many items. */
const positionsIn = (saved: Json | undefined, length: number): number[] =>
  Array.isArray(saved) ? saved.filter((at): at is number => Number.isInteger(at) && (at as number) >= 0 && (at as number) < length) : [];

export class Marks implements Hiding {
  private readonly locked = new Set<number>();
  private readonly hidden = new Set<number>();

  /** `changed` is called after each change. */
  constructor(private readonly changed: (what: 'locked' | 'hidden') => void) {}

  isLocked(id: number): boolean {
    return this.locked.has(id);
  }

  isHidden(id: number): boolean {
    return this.hidden.has(id);
  }

  get anyLocked(): boolean {
    return this.locked.size > 0;
  }

  /** Is any hidden? */
  get any(): boolean {
    return this.hidden.size > 0;
  }

  /** Locks all of them; where they are locked already, unlocks them. */
  toggleLocked(ids: readonly number[]): void {
    this.toggle(this.locked, ids);
    this.changed('locked');
  }

  toggleHidden(ids: readonly number[]): void {
    this.toggle(this.hidden, ids);
    this.changed('hidden');
  }

  show(id: number): void {
    if (this.hidden.delete(id)) this.changed('hidden');
  }

  showAll(): void {
    if (this.hidden.size === 0) return;
    this.hidden.clear();
    this.changed('hidden');
  }

  clear(): void {
    this.locked.clear();
    this.showAll();
  }

  /** For a draft, by position in the list of all items: their ids are of this page only. Nothing where nothing is marked. */
  save(ids: readonly number[]): JsonObject {
    const at = (marked: ReadonlySet<number>): number[] => ids.flatMap((id, position) => (marked.has(id) ? position : []));
    const [locked, hidden] = [at(this.locked), at(this.hidden)];
    return { ...(locked.length > 0 ? { locked } : {}), ...(hidden.length > 0 ? { hidden } : {}) };
  }

  restore({ locked, hidden }: JsonObject, ids: readonly number[]): void {
    for (const at of positionsIn(locked, ids.length)) this.locked.add(ids[at] as number);
    for (const at of positionsIn(hidden, ids.length)) this.hidden.add(ids[at] as number);
    this.changed('hidden');
    this.changed('locked');
  }

  private toggle(marked: Set<number>, ids: readonly number[]): void {
    const isAll = ids.every((id) => marked.has(id));
    for (const id of ids) {
      if (isAll) marked.delete(id);
      else marked.add(id);
    }
  }
}
