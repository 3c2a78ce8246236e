/**
 * The rows of a list of objects: which of them there are, what a pointer and keys do on them. Only those on screen are in the
 * page, so that thousands cost no more than a few.
 */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { capital } from '../../base/capital.ts';
import { isOnlyLooking } from '../../base/only-looking.ts';
import type { Item } from '../item-list.ts';
import { ROW_HEIGHT } from './object-list.styles.ts';
import { rowsOf, windowOf, type Row, type Sort } from './object-order.ts';
import { objectRow } from './object-row.ts';
import type { Objects } from './objects.ts';

/** The list around the rows. */
export type Around = {
  readonly container: HTMLElement | undefined;
  /** Draws it anew with the next frame; at once. */
  refresh(): void;
  draw(): void;
  /** One was chosen by a pointer. */
  picked(): void;
  /** Back to the stage. */
  leave(): void;
};

/** Keys that lead through the rows, and how far; a page is what is on screen. */
const STEPS: Record<string, (page: number) => number> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => -Infinity,
  End: () => Infinity,
};

export class ObjectRows<I extends Item> {
  private sort: Sort = 'order';
  private query = '';
  /** The id of the row that has the focus, or had it last. */
  private current: number | undefined;
  /** The id of the row from which Shift selects. */
  private anchor: number | undefined;
  private shownSelection: number | undefined;
  private listed: { readonly items: readonly I[]; readonly query: string; readonly sort: Sort; readonly rows: readonly Row<I>[] } | undefined;

  constructor(
    private readonly objects: Objects<I>,
    private readonly list: Around,
  ) {}

  get all(): readonly Row<I>[] {
    const { items } = this.objects;
    const { query, sort, listed } = this;
    if (listed?.items === items && listed.query === query && listed.sort === sort) return listed.rows;
    const rows = rowsOf(items, query, sort, (label) => this.objects.nameOf(label));
    this.listed = { items, query, sort, rows };
    return rows;
  }

  get sortedBy(): Sort {
    return this.sort;
  }

  sortBy(sort: Sort): void {
    this.sort = sort;
    this.toTop();
  }

  get searched(): string {
    return this.query;
  }

  search(query: string): void {
    this.query = query;
    this.toTop();
  }

  /** What was selected elsewhere comes into sight here. True where the rows are to be drawn anew. */
  follow(): boolean {
    const { selected } = this.objects;
    if (selected === this.shownSelection) return false;
    this.shownSelection = selected;
    if (selected === undefined) return false;
    this.current = selected;
    this.anchor = selected;
    this.scrollTo(selected);
    return true;
  }

  private focusRow(id: number | undefined): void {
    if (id === undefined) return;
    this.current = id;
    this.list.draw();
    this.scrollTo(id);
    this.list.draw();
    this.list.container?.querySelector<HTMLElement>(`.object[data-id="${id}"] .pick`)?.focus({ preventScroll: true });
  }

  // Scrolling

  private get scroller(): HTMLElement | undefined {
    return this.list.container?.querySelector<HTMLElement>('.object-rows') ?? undefined;
  }

  private toTop(): void {
    if (this.scroller) this.scroller.scrollTop = 0;
    this.list.refresh();
  }

  private scrollTo(id: number): void {
    const { scroller } = this;
    const at = this.all.findIndex(({ item }) => item.id === id);
    if (!scroller || at === -1) return;
    const { scrollTop, clientHeight } = scroller;
    const top = at * ROW_HEIGHT;
    if (top < scrollTop) scroller.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) scroller.scrollTop = top + ROW_HEIGHT - clientHeight;
  }

  // Drawing

  render(): TemplateResult {
    const { objects, list, all: rows } = this;
    const entry = this.entry(rows);
    const row = (at: number): TemplateResult =>
      objectRow(objects, rows[at] as Row<I>, { at, count: rows.length, isEntry: at === entry, onClick: this.onClick, onFocus: this.onFocus });
    return html`
      <div class="object-rows" @scroll=${list.refresh} @pointerover=${this.onOver} @pointerleave=${this.onLeave}>
        <ul role="list" aria-label=${capital(objects.noun.plural)} style="height:${rows.length * ROW_HEIGHT}px">
          ${repeat(this.shown(rows, entry), (at) => rows[at]?.item.id, row)}
        </ul>
      </div>
    `;
  }

  /** The positions of the rows that have to be there: those on screen, and the one that has the focus, wherever it is. */
  private shown(rows: readonly Row<I>[], entry: number): number[] {
    const { scroller } = this;
    const { start, end } = windowOf(scroller?.scrollTop ?? 0, scroller?.clientHeight || 400, ROW_HEIGHT, rows.length);
    const all = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
    if (entry >= rows.length || (entry >= start && entry < end)) return all;
    return entry < start ? [entry, ...all] : [...all, entry];
  }

  /** The position of the row to which Tab leads. */
  private entry(rows: readonly Row<I>[]): number {
    return Math.max(rows.findIndex(({ item }) => item.id === this.current), 0);
  }

  // The pointer

  private readonly onClick = ({ shiftKey, ctrlKey, metaKey }: MouseEvent, id: number): void => {
    const { objects } = this;
    if (shiftKey) return this.select(this.span(id));
    this.anchor = id;
    if (!ctrlKey && !metaKey) {
      this.select([id]);
      return this.list.picked();
    }
    const selected = objects.items.filter((item) => objects.isSelected(item.id)).map((item) => item.id);
    this.select(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]);
  };

  private readonly onFocus = (id: number): void => {
    this.current = id;
    this.objects.highlight(id);
    this.list.refresh();
  };

  private readonly onOver = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>('.object');
    this.objects.highlight(row ? Number(row.dataset.id) : undefined);
  };

  private readonly onLeave = (): void => this.objects.highlight(undefined);

  /** The rows from where Shift began to this one, which comes last. */
  private span(id: number): number[] {
    const ids = this.all.map(({ item }) => item.id);
    const [from, to] = [Math.max(ids.indexOf(this.anchor as number), 0), ids.indexOf(id)];
    const between = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    return from > to ? between.reverse() : between;
  }

  private select(ids: readonly number[]): void {
    this.objects.select(ids);
    this.shownSelection = this.objects.selected;
    if (this.shownSelection !== undefined) this.current = this.shownSelection;
    this.list.refresh();
  }

  // Keys

  readonly onKey = (event: KeyboardEvent): void => {
    const isInSearch = event.target instanceof HTMLInputElement;
    if (event.defaultPrevented || event.altKey) return;
    const step = STEPS[event.key]?.(Math.max(1, Math.floor((this.scroller?.clientHeight ?? 0) / ROW_HEIGHT) - 1));
    if (isInSearch && event.key !== 'ArrowDown') return;
    if (step !== undefined) this.walk(isInSearch ? 0 : step, event.shiftKey);
    else if (!this.act(event)) return;
    event.preventDefault();
  };

  /** True when the key is one of the list's own. */
  private act({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { objects, current } = this;
    const isOnRow = (target as Element).matches('.pick');
    if (key === 'ArrowRight' || key === 'ArrowLeft') this.walkAcross(target as Element, key === 'ArrowRight' ? 1 : -1);
    else if (key === 'Escape') this.list.leave();
    else if (current === undefined || !isOnRow || isOnlyLooking()) return false;
    else if (key === 'Enter' && !ctrlKey && !metaKey) {
      if (!objects.isSelected(current)) this.select([current]);
      this.list.leave();
    } else if (/^(Delete|Backspace|x)$/i.test(key) && !ctrlKey && !metaKey) this.remove(current);
    else return this.mark(key, current, ctrlKey || metaKey);
    return true;
  }

  /** The keys that lock and hide mean the row, unless it is one of those selected. */
  private mark(key: string, current: number, isControl: boolean): boolean {
    const { marks } = this.objects;
    if (!marks || isControl || this.objects.isSelected(current)) return false;
    if (key === 'u' || key === 'U') marks.toggleLocked([current]);
    else if (key === 'H') marks.toggleHidden([current]);
    else return false;
    return true;
  }

  private walk(step: number, isSpan: boolean): void {
    const { all } = this;
    if (all.length === 0) return;
    const at = Math.min(Math.max(this.entry(all) + step, 0), all.length - 1);
    const { id } = (all[at] as Row<I>).item;
    if (isSpan) this.select(this.span(id));
    this.focusRow(id);
  }

  private walkAcross(target: Element, step: 1 | -1): void {
    const buttons = [...(target.closest('.object')?.querySelectorAll<HTMLElement>('button') ?? [])];
    buttons[buttons.indexOf(target as HTMLElement) + step]?.focus();
  }

  private remove(id: number): void {
    const { objects } = this;
    const at = this.all.findIndex(({ item }) => item.id === id);
    if (!objects.isSelected(id)) objects.select([id]);
    objects.remove();
    const left = this.all;
    if (left.length === 0) return this.list.leave();
    this.focusRow(left[Math.min(at, left.length - 1)]?.item.id);
  }
}
