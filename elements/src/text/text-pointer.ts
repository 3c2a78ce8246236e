/**
 * A mouse, a pen or a finger on a text. Dragging is the browser's own selection, which scrolls, knows double clicks and has
 * handles where there is no mouse; what it leaves becomes a span. The ends of a selected span are dragged by handles of ours.
 */
import type { SpanHandles } from './span-handles.ts';
import type { TextView } from './text-view.ts';
import type { TextWork } from './text-work.ts';

export class TextPointer {
  private isDown = false;
  private isTouch = false;

  constructor(
    private readonly view: TextView,
    private readonly work: TextWork,
    handles: SpanHandles,
    /** Takes the focus without a ring. */
    private readonly takeFocus: () => void,
  ) {
    const { container } = view;
    container.addEventListener('pointerdown', ({ pointerType }) => (this.isTouch = pointerType === 'touch'));
    container.addEventListener('mousedown', this.onDown);
    container.addEventListener('copy', this.onCopy);
    document.addEventListener('selectionchange', this.onSelection);
    handles.listen();
  }

  private readonly onDown = (event: MouseEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest('.remove')) return;
    this.isDown = true;
    this.takeFocus();
    window.addEventListener('mouseup', this.onUp, { once: true });
  };

  private readonly onUp = (event: MouseEvent): void => {
    this.isDown = false;
    const { selection } = this.view;
    // A third click would mark the whole line after the second has marked the word.
    if (selection && event.detail < 3) this.mark(selection);
    else if (!selection) this.tap(event);
  };

  private mark(range: { start: number; end: number }): void {
    document.getSelection()?.removeAllRanges();
    this.work.point(range);
    this.work.mark();
  }

  /** A click selects the spans there in turn; elsewhere a finger highlights a word, a mouse puts the keyboard there. */
  private tap({ clientX, clientY }: MouseEvent): void {
    const unit = this.view.unitAt({ x: clientX, y: clientY });
    const spans = this.work.spansAt(unit);
    const next = spans[(spans.findIndex(({ id }) => id === this.work.selected?.id) + 1) % spans.length];
    if (next) {
      this.work.select(next.id);
      this.work.notify();
    } else if (this.isTouch) this.work.pointAtWord(unit);
    else this.work.point({ start: unit, end: unit });
  }

  /** What a finger or a screen reader selects is what a label marks. */
  private readonly onSelection = (): void => {
    const { selection } = this.view;
    if (selection && !this.isDown) this.work.hold(selection);
  };

  /** What is highlighted is no selection of the browser's, which copies that one itself. */
  private readonly onCopy = (event: ClipboardEvent): void => {
    const { highlighted, selected, text } = this.work;
    const range = highlighted ?? (selected && this.work.rangeOf(selected));
    if (this.view.selection || !range) return;
    event.clipboardData?.setData('text/plain', text.slice(range));
    event.preventDefault();
  };
}
