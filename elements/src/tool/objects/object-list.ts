/**
 * The list of a tool's objects below its labels: to find, select, lock and hide them. It draws itself, apart from the tool, so that
 * it can follow what changes at a frame's cost.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import { capital } from '../../base/capital.ts';
import { icon } from '../../base/icons.ts';
import { isJsonObject } from '../../base/json-object.ts';
import { keepFocus } from '../../base/keep-focus.ts';
import { preferences } from '../../frame/link.ts';
import type { Json } from '../../frame/protocol.ts';
import { searchField, WORTH_SEARCHING } from '../../labels/search-field.ts';
import type { Item } from '../item-list.ts';
import { ObjectRows } from './object-rows.ts';
import type { Objects } from './objects.ts';

/** On smaller screens the list is closed until it is asked for. */
const SMALL = matchMedia('(width <= 900px)');
/** On these it opens over the picture, and closes again for what was looked for there. */
const OVER = matchMedia('(width <= 760px)');

export class ObjectList<I extends Item = Item> {
  container: HTMLElement | undefined;
  private isOpen = !SMALL.matches;
  /** The worker has asked for the search, also where the eye would be faster: what is typed must never land on the objects. */
  private isSearching = false;
  private readonly rows: ObjectRows<I>;
  private frame = 0;

  constructor(private readonly objects: Objects<I>) {
    this.rows = new ObjectRows(objects, this);
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

  /** Opens the list for the keyboard: in its search. */
  focus(): void {
    if (!this.isOpen) this.toggle(true);
    this.isSearching = this.objects.items.length > 0;
    this.draw();
    const search = this.container?.querySelector<HTMLInputElement>('input');
    if (search) search.select();
    else this.container?.querySelector<HTMLElement>('.opens')?.focus();
  }

  /** Back to the picture, which the list may lie over. */
  leave(): void {
    this.isSearching = false;
    this.refresh();
    this.picked();
    this.objects.leave();
  }

  picked(): void {
    if (OVER.matches) this.toggle(false);
  }

  private take(kept: Json): void {
    if (!isJsonObject(kept)) return;
    if (typeof kept.open === 'boolean' && !SMALL.matches) this.isOpen = kept.open;
    this.rows.sortBy(kept.sort === 'doubt' ? 'doubt' : 'order');
  }

  private keep(): void {
    const kept = preferences.get('objects');
    const before = isJsonObject(kept) ? kept : {};
    // What is opened for a while on a small screen says nothing of a large one.
    preferences.set('objects', { ...before, ...(SMALL.matches ? {} : { open: this.isOpen }), sort: this.rows.sortedBy });
  }

  private toggle(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.keep();
    this.refresh();
  }

  private readonly turnOver = (): void => {
    this.rows.sortBy(this.rows.sortedBy === 'order' ? 'doubt' : 'order');
    this.keep();
  };

  /** With the focus gone elsewhere, a short list needs no search. */
  private readonly onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && (currentTarget as Element).contains(relatedTarget)) return;
    this.isSearching = false;
    this.refresh();
  };

  /** Enter takes the first row found. */
  private endSearch(isChosen: boolean): void {
    const first = this.rows.all[0]?.item.id;
    if (isChosen && first !== undefined) this.objects.select([first]);
    this.rows.search('');
    this.leave();
  }

  // Drawing

  readonly refresh = (): void => {
    if (!this.container) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  draw(): void {
    const { container } = this;
    if (!container) return;
    container.classList.toggle('open', this.isOpen);
    container.setAttribute('aria-label', capital(this.objects.noun.plural));
    render(this.template(), container);
    // Only now is there a row to scroll to for what is new.
    if (this.rows.follow()) render(this.template(), container);
  }

  private template(): TemplateResult {
    const { noun, items } = this.objects;
    const { isOpen } = this;
    const isByDoubt = this.rows.sortedBy === 'doubt';
    return html`
      <header>
        <button
          class="button quiet opens"
          type="button"
          title="${isOpen ? 'Hide' : 'Show'} the ${noun.plural}"
          aria-expanded=${String(isOpen)}
          @mousedown=${keepFocus}
          @click=${() => this.toggle(!isOpen)}
        >
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
    const { all, searched: query } = this.rows;
    return html`
      <div class="panel" @keydown=${this.rows.onKey} @focusout=${this.onBlur}>
        ${this.isSearching || items.length >= WORTH_SEARCHING || query !== ''
          ? searchField({ what: noun.plural, query, search: (text) => this.rows.search(text), end: (isChosen) => this.endSearch(isChosen) })
          : nothing}
        ${all.length === 0 ? html`<p class="no-match">${query === '' ? 'None yet.' : `No ${noun.singular} matches “${query}”.`}</p>` : nothing}
        ${this.rows.render()}
      </div>
    `;
  }
}
