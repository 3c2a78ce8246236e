/** Everything a worker can do to a text without pointing; buttons and keys share these. */
import { preferences } from '../frame/link.ts';
import { readsRightToLeft } from './extent.ts';
import type { Unit } from './stops.ts';
import type { TextView } from './text-view.ts';
import type { TextWork } from './text-work.ts';

/** Sizes of the text, in CSS pixels. */
const SIZES = [13, 15, 17, 20, 24, 28];
const USUAL = 15;

/** Under which the worker's is remembered. */
export const SIZE = 'textSize';

export class TextCommands {
  constructor(
    private readonly work: TextWork,
    private readonly view: () => TextView | undefined,
  ) {}

  mark(): void {
    this.work.mark();
  }

  /** To the left or right on screen. */
  move(side: 1 | -1): void {
    this.work.move(this.stepTo(side));
    this.reveal();
  }

  extend(side: 1 | -1, unit: Unit): void {
    this.work.extend(this.stepTo(side), unit);
    this.reveal();
  }

  swapEnds(): void {
    this.work.swapEnds();
  }

  /** To the word on the line above or below that is nearest. */
  moveLine(step: 1 | -1): void {
    const view = this.view();
    if (!view) return;
    const range = this.here;
    const rects = [...view.domRange(range).getClientRects()];
    const rect = step === 1 ? rects.at(-1) : rects[0];
    if (!rect) return this.work.move(step);
    const lineHeight = Number.parseFloat(getComputedStyle(view.container).lineHeight);
    const middle = { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 };
    const unit = view.unitAt({ x: middle.x, y: middle.y + step * lineHeight });
    // Between paragraphs a line may be farther away.
    if (unit >= range.start && unit <= range.end) this.work.move(step);
    else this.work.pointAtWord(unit);
    this.reveal();
  }

  step(step: 1 | -1): boolean {
    const next = this.work.neighbour(step);
    this.work.select(next?.id);
    this.work.notify();
    this.reveal();
    return next !== undefined;
  }

  /** The key that resized was let go: the next one is a step of its own. */
  endRun(): void {
    this.work.history.seal();
  }

  /** Larger or smaller text, for this worker from now on. */
  zoom(step: 1 | -1): void {
    const next = SIZES[SIZES.indexOf(this.size) + step];
    if (next === undefined) return;
    preferences.set(SIZE, next);
    this.showSize();
  }

  showSize(): void {
    this.view()?.container.style.setProperty('--text-size', `${this.size}px`);
  }

  private get size(): number {
    const liked = preferences.get(SIZE);
    return typeof liked === 'number' && SIZES.includes(liked) ? liked : USUAL;
  }

  private get here(): { start: number; end: number } {
    const { selected, place } = this.work;
    return selected ? this.work.rangeOf(selected) : place;
  }

  private stepTo(side: 1 | -1): 1 | -1 {
    return readsRightToLeft(this.work.text.string, this.here.start) ? (-side as 1 | -1) : side;
  }

  /** Brings into sight where the work is. */
  reveal(): void {
    this.view()?.reveal(this.here);
  }
}
