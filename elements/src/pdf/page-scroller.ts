/** The pages of a document in an element that scrolls: those on screen are there, the others take their room. */
import { afterResize } from '../base/after-resize.ts';
import type { Size } from '../base/geometry.ts';
import { clamp } from '../base/geometry.ts';
import { GAP, PageColumn } from './page-column.ts';
import { PageView } from './page-view.ts';
import type { PdfFile } from './pdf-file.ts';

/** CSS pixels for each point, at 100 %. */
export const NATURAL = 96 / 72;
const SMALLEST = 0.1 * NATURAL;
const LARGEST = 8 * NATURAL;
/** So many pages are kept before and behind those on screen. */
const BESIDE = 1;

export class PageScroller {
  private readonly views = new Map<number, PageView>();
  private readonly column: PageColumn;
  private isFitted = true;
  private frame = 0;

  constructor(
    private readonly file: PdfFile,
    first: Size,
    /** What scrolls, and what in it takes the height of all pages. */
    private readonly outer: HTMLElement,
    private readonly inner: HTMLElement,
    private readonly changed: () => void,
    private readonly failed: (error: Error) => void,
  ) {
    this.column = new PageColumn(file.pageCount, first);
    outer.addEventListener('scroll', this.onScroll, { passive: true });
    outer.addEventListener('wheel', this.onWheel, { passive: false });
    afterResize(outer, () => this.onResize());
    this.onResize();
  }

  /** The page (from 1) that is in the middle of what is seen. */
  get page(): number {
    return this.column.at(this.outer.scrollTop + this.outer.clientHeight / 2) + 1;
  }

  get scale(): number {
    return this.column.scale;
  }

  goTo(page: number): void {
    this.outer.scrollTop = this.column.topOf(clamp(page, 1, this.column.count) - 1) - GAP;
    this.update();
  }

  zoom(factor: number): void {
    this.isFitted = false;
    this.setScale(this.scale * factor);
  }

  /** As wide as there is room for. */
  fit(): void {
    this.isFitted = true;
    this.setScale((this.outer.clientWidth - 2 * GAP) / this.column.widest);
  }

  naturalSize(): void {
    this.zoom(NATURAL / this.scale);
  }

  close(): void {
    this.outer.removeEventListener('scroll', this.onScroll);
    this.outer.removeEventListener('wheel', this.onWheel);
    for (const view of this.views.values()) view.remove();
    this.views.clear();
  }

  /** What is in the middle stays there. */
  private setScale(scale: number): void {
    const { outer, column } = this;
    const middle = (outer.scrollTop + outer.clientHeight / 2) / Math.max(column.height, 1);
    column.scale = clamp(scale, SMALLEST, LARGEST);
    this.update();
    outer.scrollTop = middle * column.height - outer.clientHeight / 2;
    this.update();
  }

  private update(): void {
    const { outer, inner, column, views } = this;
    Object.assign(inner.style, { height: `${column.height}px`, minWidth: `${column.widest * column.scale + 2 * GAP}px` });
    const { from, to } = column.between(outer.scrollTop, outer.scrollTop + outer.clientHeight);
    const first = Math.max(from - BESIDE, 0);
    const last = Math.min(to + BESIDE, column.count - 1);
    for (const [page, view] of views) if (page < first || page > last) this.drop(page, view);
    for (let page = first; page <= last; page += 1) this.view(page).show(column.sizeOf(page), column.topOf(page), column.scale);
    this.changed();
  }

  private view(page: number): PageView {
    const known = this.views.get(page);
    if (known) return known;
    const view = new PageView(this.file, page + 1, this.failed);
    this.views.set(page, view);
    // In the order of the pages, for those who read them one after the other.
    const next = [...this.views.keys()].filter((other) => other > page).sort((a, b) => a - b)[0];
    this.inner.insertBefore(view.element, next === undefined ? null : (this.views.get(next) as PageView).element);
    void this.measure(page);
    return view;
  }

  private drop(page: number, view: PageView): void {
    view.remove();
    this.views.delete(page);
  }

  private async measure(page: number): Promise<void> {
    const size = await this.file.sizeOf(page + 1).catch(() => undefined);
    if (!size || !this.column.setSize(page, size)) return;
    if (this.isFitted) this.fit();
    else this.update();
  }

  private onResize(): void {
    if (this.outer.clientWidth === 0) return;
    if (this.isFitted) this.fit();
    else this.update();
  }

  private readonly onScroll = (): void => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.update();
    });
  };

  private readonly onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * 0.005));
  };
}
