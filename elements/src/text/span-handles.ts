/** The two ends of the selected span, to be dragged to other places. */
import { capture } from '../base/capture.ts';
import { readsRightToLeft, type Moving } from './extent.ts';
import type { Range } from './source-text.ts';
import type { TextView } from './text-view.ts';
import type { TextWork } from './text-work.ts';

const SIDES: readonly Moving[] = ['start', 'end'];

export class SpanHandles {
  private readonly elements: readonly HTMLElement[];
  private dragged: Range | undefined;

  constructor(
    private readonly view: TextView,
    private readonly work: TextWork,
  ) {
    this.elements = SIDES.map((side) => {
      const element = document.createElement('div');
      element.className = `handle ${side}`;
      element.hidden = true;
      return element;
    });
  }

  listen(): void {
    for (const [index, element] of this.elements.entries()) {
      const side = SIDES[index] as Moving;
      element.addEventListener('pointerdown', (event) => this.begin(element, event));
      element.addEventListener('pointermove', (event) => this.move(side, event));
      element.addEventListener('pointerup', () => this.end());
      element.addEventListener('pointercancel', () => this.cancel());
      // Not a click into the text.
      element.addEventListener('mousedown', (event) => event.stopPropagation());
    }
  }

  /** Puts them to the ends of what is selected; call it after each drawing. */
  place(): void {
    const { selected, preview } = this.work;
    const { container } = this.view;
    if (!selected) {
      for (const element of this.elements) element.hidden = true;
      return;
    }
    const range = this.work.rangeOf(preview ?? selected);
    const isReversed = readsRightToLeft(this.work.text.slice(range), 0);
    const rects = [...this.view.domRange(range).getClientRects()];
    const outer = container.getBoundingClientRect();
    for (const [index, element] of this.elements.entries()) {
      const rect = rects.at(-index);
      element.hidden = rect === undefined;
      if (!element.isConnected) container.append(element);
      if (!rect) continue;
      const isLeft = (index === 0) !== isReversed;
      element.classList.toggle('left', isLeft);
      element.style.left = `${(isLeft ? rect.left : rect.right) - outer.left + container.scrollLeft}px`;
      element.style.top = `${rect.top - outer.top + container.scrollTop}px`;
      element.style.height = `${rect.height}px`;
    }
  }

  get isBusy(): boolean {
    return this.dragged !== undefined;
  }

  cancel(): void {
    this.dragged = undefined;
    this.work.show(undefined);
  }

  private begin(element: HTMLElement, event: PointerEvent): void {
    const { selected } = this.work;
    if (!selected || event.button !== 0) return;
    event.preventDefault();
    capture(element, event);
    this.dragged = this.work.rangeOf(selected);
  }

  private move(side: Moving, { clientX, clientY }: PointerEvent): void {
    if (!this.dragged || !this.work.selected) return;
    const unit = this.work.between(this.view.unitAt({ x: clientX, y: clientY }));
    const { start, end } = this.work.rangeOf(this.work.selected);
    const range = side === 'start' ? { start: unit, end } : { start, end: unit };
    if (range.start >= range.end) return;
    this.dragged = range;
    this.work.preResize(range);
  }

  private end(): void {
    if (this.dragged) this.work.resize(this.work.text.trimmed(this.dragged) ?? this.dragged);
    this.dragged = undefined;
  }
}
