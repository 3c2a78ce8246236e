/**
 * The objects of a tool below its labels: one row each, to find, select, lock and hide them. Only the rows on screen are
 * there, and only the list itself is drawn again, so that thousands cost no more than a few.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import { isOnlyLooking } from '../base/only-looking.ts';
import { preferences } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { percentage } from '../labels/labels.ts';
import { searchField, WORTH_SEARCHING } from '../labels/search-field.ts';
import type { Item } from './item-list.ts';
import type { Marks } from './marks.ts';
import { ROW_HEIGHT } from './object-list.styles.ts';
import { rowsOf, windowOf, type Row, type Sort } from './object-order.ts';
import type { Noun } from './stage.ts';
import type { Change } from './work.ts';

/** What a list is of. */
export interface Objects<I extends Item = Item> {
  readonly noun: Noun;
  /** All of them in the order of the answer: the same list until something changes. */
  readonly items: readonly I[];
  /** The id of the one that is selected, or of the last of several. */
  readonly selected: number | undefined;
  /** What is locked and hidden, where single objects can be. */
  readonly marks: Pick<Marks, 'isLocked' | 'isHidden' | 'toggleLocked' | 'toggleHidden'> | undefined;
  nameOf(label: string): string;
  colorOf(item: I): string;
  /** Where it lies, and how large it is, in words. */
  where(item: I): string;
  isSelected(id: number): boolean;
  /** Selects all of these, and brings the last of them into view. */
  select(ids: readonly number[]): void;
  /** Shows this one as if the pointer was upon it; undefined: none any more. */
  highlight(id: number | undefined): void;
  /** Deletes what is selected. */
  remove(): void;
  /** Back to the stage. */
  leave(): void;
  listen(listener: (change: Change) => void): void;
}

/** On smaller screens the list is closed until it is asked for. */
const SMALL = matchMedia('(width <= 900px)');
/** On these it opens over the picture, and closes again for what was looked for there. */
const OVER = matchMedia('(width <= 760px)');

/** Keys that lead through the rows, and how far; a page is what is on screen. */
const STEPS: Record<string, (page: number) => number> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => -Infinity,
  End: () => Infinity,
};

const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** A click leaves the keyboard where it was, with the stage. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

export class ObjectList<I extends Item = Item> {
  private container: HTMLElement | undefined;
  private isOpen = !SMALL.matches;
  private sort: Sort = 'order';
  private query = '';
  /** The id of the row that has the focus, or had it last. */
  private current: number | undefined;
  /** The id of the row from which Shift selects. */
  private anchor: number | undefined;
  private shownSelection: number | undefined;
  private frame = 0;
  private listed: { readonly items: readonly I[]; readonly query: string; readonly sort: Sort; readonly rows: readonly Row<I>[] } | undefined;

  constructor(private readonly objects: Objects<I>) {
    preferences.follow('objects', (kept) => this.take(kept));
    objects.listen((change) => change !== 'live' && this.refresh());
  }

  /** Where the list is to be; the tool renders this once and leaves it alone. */
  static readonly place = html`<section class="objects" data-looks></section>`;

  attach(root: ParentNode): void {
    this.container = root.querySelector<HTMLElement>('.objects') ?? undefined;
    if (this.container) new ResizeObserver(() => this.refresh()).observe(this.container);
    this.refresh();
  }

  /** Opens the list for the keyboard: in its search, where there is one, else on its rows. */
  focus(): void {
    if (!this.isOpen) this.toggle(true);
    this.draw();
    const search = this.container?.querySelector<HTMLInputElement>('input');
    if (search) search.select();
    else if (this.rows.length > 0) this.focusRow(this.objects.selected ?? this.rows[0]?.item.id);
    else this.container?.querySelector<HTMLElement>('.opens')?.focus();
  }

  private take(kept: Json): void {
    if (kept === null || typeof kept !== 'object' || Array.isArray(kept)) return;
    if (typeof kept.open === 'boolean' && !SMALL.matches) this.isOpen = kept.open;
    this.sort = kept.sort === 'doubt' ? 'doubt' : 'order';
    this.refresh();
  }

  private keep(): void {
    const kept = preferences.get('objects');
    const before = kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? kept : {};
    // What is opened for a while on a small screen says nothing of a large one.
    preferences.set('objects', { ...before, ...(SMALL.matches ? {} : { open: this.isOpen }), sort: this.sort });
  }

  private toggle(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.keep();
    this.refresh();
  }

  private get rows(): readonly Row<I>[] {
    const { items } = this.objects;
    const { query, sort, listed } = this;
    if (listed?.items === items && listed.query === query && listed.sort === sort) return listed.rows;
    const rows = rowsOf(items, query, sort, (label) => this.objects.nameOf(label));
    this.listed = { items, query, sort, rows };
    return rows;
  }

  private get scroller(): HTMLElement | undefined {
    return this.container?.querySelector<HTMLElement>('.object-rows') ?? undefined;
  }

  // Drawing

  private readonly refresh = (): void => {
    if (!this.container) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  private draw(): void {
    const { container } = this;
    if (!container) return;
    container.classList.toggle('open', this.isOpen);
    container.setAttribute('aria-label', capital(this.objects.noun.plural));
    this.follow();
    render(this.template(), container);
  }

  /** What was selected elsewhere comes into sight here. */
  private follow(): void {
    const { selected } = this.objects;
    if (selected === this.shownSelection) return;
    this.shownSelection = selected;
    if (selected === undefined) return;
    this.current = selected;
    this.anchor = selected;
    this.scrollTo(selected);
  }

  private scrollTo(id: number): void {
    const { scroller } = this;
    const at = this.rows.findIndex(({ item }) => item.id === id);
    if (!scroller || at === -1) return;
    const { scrollTop, clientHeight } = scroller;
    const top = at * ROW_HEIGHT;
    if (top < scrollTop) scroller.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) scroller.scrollTop = top + ROW_HEIGHT - clientHeight;
  }

  private template(): TemplateResult {
    const { noun, items } = this.objects;
    const { isOpen, sort } = this;
    const isByDoubt = sort === 'doubt';
    return html`
      <header>
        <button class="button quiet opens" type="button" title="${isOpen ? 'Hide' : 'Show'} the ${noun.plural}" aria-expanded=${String(isOpen)} @mousedown=${keepFocus} @click=${() => this.toggle(!isOpen)}>
          ${icon('down')} <span class="name">${capital(noun.plural)}</span> <span class="total">${items.length.toLocaleString('en')}</span>
        </button>
        ${isOpen && items.some(({ score }) => score !== undefined)
          ? html`<button
              class="button quiet"
              type="button"
              title=${isByDoubt ? 'The least sure first; press for the order of the answer' : 'Put the least sure first'}
              aria-label="The least sure first"
              aria-pressed=${String(isByDoubt)}
              @mousedown=${keepFocus}
              @click=${this.turnOver}
            >
              ${icon('sort')}
            </button>`
          : nothing}
      </header>
      ${isOpen ? this.panel() : nothing}
    `;
  }

  private panel(): TemplateResult {
    const { noun, items } = this.objects;
    const { rows, query } = this;
    const entry = this.entry(rows);
    return html`
      <div class="panel" @keydown=${this.onKey}>
        ${items.length >= WORTH_SEARCHING || query !== ''
          ? searchField({ what: noun.plural, query, search: (text) => this.search(text), end: (isChosen) => this.endSearch(isChosen) })
          : nothing}
        ${rows.length === 0 ? html`<p class="no-match">${query === '' ? 'None yet.' : `No ${noun.singular} matches “${query}”.`}</p>` : nothing}
        <div class="object-rows" @scroll=${this.refresh} @pointerover=${this.onOver} @pointerleave=${this.onLeave}>
          <ul role="list" aria-label=${capital(noun.plural)} style="height:${rows.length * ROW_HEIGHT}px">
            ${repeat(this.shown(rows, entry), (at) => rows[at]?.item.id, (at) => this.row(rows[at] as Row<I>, at, rows.length, at === entry))}
          </ul>
        </div>
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

  private row({ item, number }: Row<I>, at: number, count: number, isEntry: boolean): TemplateResult {
    const { objects } = this;
    const { id, label, score } = item;
    const name = objects.nameOf(label);
    const isHidden = objects.marks?.isHidden(id) === true;
    return html`
      <li
        class="object ${isHidden ? 'out-of-sight' : ''}"
        data-id=${id}
        aria-setsize=${count}
        aria-posinset=${at + 1}
        style="transform:translateY(${at * ROW_HEIGHT}px)"
      >
        <button
          class="pick"
          type="button"
          tabindex=${isEntry ? 0 : -1}
          aria-pressed=${String(objects.isSelected(id))}
          title="${number}: ${name}"
          @mousedown=${keepFocus}
          @click=${(event: MouseEvent) => this.onClick(event, id)}
          @focus=${() => this.onFocus(id)}
        >
          <span class="swatch" style="background:${objects.colorOf(item)}"></span>
          <span class="label"><span class="total">${number}</span> ${name}</span>
          ${score === undefined ? nothing : html`<span class="score">${percentage(score)}</span>`}
          <span class="where">${objects.where(item)}</span>
        </button>
        ${objects.marks ? this.markButtons(item, number, name, isHidden, objects.marks) : nothing}
      </li>
    `;
  }

  private markButtons({ id }: I, number: number, name: string, isHidden: boolean, marks: NonNullable<Objects['marks']>): TemplateResult {
    const isLocked = marks.isLocked(id);
    const what = `${number}: ${name}`;
    return html`
      <button
        class="button quiet"
        type="button"
        tabindex="-1"
        title=${isLocked ? 'Unlock (U)' : 'Lock (U)'}
        aria-label="Lock ${what}"
        aria-pressed=${String(isLocked)}
        @mousedown=${keepFocus}
        @click=${() => marks.toggleLocked([id])}
      >
        ${icon(isLocked ? 'lock' : 'unlock')}
      </button>
      <button
        class="button quiet"
        type="button"
        tabindex="-1"
        title=${isHidden ? 'Show' : 'Hide (Shift+H)'}
        aria-label="Hide ${what}"
        aria-pressed=${String(isHidden)}
        @mousedown=${keepFocus}
        @click=${() => marks.toggleHidden([id])}
      >
        ${icon(isHidden ? 'eyeOff' : 'eye')}
      </button>
    `;
  }

  // What a worker does

  private readonly turnOver = (): void => {
    this.sort = this.sort === 'order' ? 'doubt' : 'order';
    this.keep();
    if (this.scroller) this.scroller.scrollTop = 0;
    this.refresh();
  };

  private search(query: string): void {
    this.query = query;
    if (this.scroller) this.scroller.scrollTop = 0;
    this.refresh();
  }

  /** Back to the picture, which the list may lie over. */
  private leave(): void {
    if (OVER.matches) this.toggle(false);
    this.objects.leave();
  }

  /** Enter takes the first row found. */
  private endSearch(isChosen: boolean): void {
    const first = this.rows[0]?.item.id;
    if (isChosen && first !== undefined) this.objects.select([first]);
    this.search('');
    this.leave();
  }

  private onClick({ shiftKey, ctrlKey, metaKey }: MouseEvent, id: number): void {
    const { objects } = this;
    const selected = objects.items.filter((item) => objects.isSelected(item.id)).map((item) => item.id);
    if (shiftKey) return this.select(this.span(id));
    this.anchor = id;
    if (!ctrlKey && !metaKey) {
      this.select([id]);
      if (OVER.matches) this.toggle(false);
      return;
    }
    this.select(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]);
  }

  /** The rows from where Shift began to this one, which comes last. */
  private span(id: number): number[] {
    const ids = this.rows.map(({ item }) => item.id);
    const [from, to] = [Math.max(ids.indexOf(this.anchor as number), 0), ids.indexOf(id)];
    const between = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    return from > to ? between.reverse() : between;
  }

  private select(ids: readonly number[]): void {
    this.objects.select(ids);
    this.shownSelection = this.objects.selected;
    if (this.shownSelection !== undefined) this.current = this.shownSelection;
    this.refresh();
  }

  private onFocus(id: number): void {
    this.current = id;
    this.objects.highlight(id);
    this.refresh();
  }

  private readonly onOver = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>('.object');
    this.objects.highlight(row ? Number(row.dataset.id) : undefined);
  };

  private readonly onLeave = (): void => this.objects.highlight(undefined);

  private readonly onKey = (event: KeyboardEvent): void => {
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
    else if (key === 'Escape') this.leave();
    else if (current === undefined || !isOnRow || isOnlyLooking()) return false;
    else if (key === 'Enter' && !ctrlKey && !metaKey) {
      if (!objects.isSelected(current)) this.select([current]);
      this.leave();
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
    const { rows } = this;
    if (rows.length === 0) return;
    const at = Math.min(Math.max(this.entry(rows) + step, 0), rows.length - 1);
    const { id } = (rows[at] as Row<I>).item;
    if (isSpan) this.select(this.span(id));
    this.focusRow(id);
  }

  private walkAcross(target: Element, step: 1 | -1): void {
    const buttons = [...(target.closest('.object')?.querySelectorAll<HTMLElement>('button') ?? [])];
    buttons[buttons.indexOf(target as HTMLElement) + step]?.focus();
  }

  private remove(id: number): void {
    const { rows, objects } = this;
    const at = rows.findIndex(({ item }) => item.id === id);
    if (!objects.isSelected(id)) objects.select([id]);
    objects.remove();
    const left = this.rows;
    if (left.length === 0) return this.leave();
    this.focusRow(left[Math.min(at, left.length - 1)]?.item.id);
  }

  private focusRow(id: number | undefined): void {
    if (id === undefined) return;
    this.current = id;
    this.draw();
    this.scrollTo(id);
    this.draw();
    this.container?.querySelector<HTMLElement>(`.object[data-id="${id}"] .pick`)?.focus({ preventScroll: true });
  }
}
