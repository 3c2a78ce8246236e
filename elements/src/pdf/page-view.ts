/** One page of a document on screen: its pixels, and over them its text, which can be selected and is what a screen reader reads. */
import type { Size } from '../base/geometry.ts';
import type { PdfFile } from './pdf-file.ts';

export class PageView {
  readonly element = document.createElement('section');
  private readonly canvas = document.createElement('canvas');
  private readonly text = document.createElement('div');
  private readonly note = document.createElement('p');
  private painting = new AbortController();
  private painted = 0;

  constructor(
    private readonly file: PdfFile,
    private readonly number: number,
    private readonly failed: (error: Error) => void,
  ) {
    this.element.className = 'page';
    this.element.setAttribute('aria-label', `Page ${number} of ${file.pageCount}`);
    this.canvas.setAttribute('aria-hidden', 'true');
    this.text.className = 'textLayer';
    this.note.className = 'note';
    this.element.append(this.canvas, this.text, this.note);
    void this.follow(file.layText(number, this.text, this.painting.signal));
  }

  /** Puts it where it belongs; its pixels follow when they are painted anew. */
  show({ width, height }: Size, top: number, scale: number): void {
    Object.assign(this.element.style, { width: `${width}px`, height: `${height}px`, top: `${top}px` });
    this.element.style.setProperty('--total-scale-factor', String(scale));
    const pixels = scale * (window.devicePixelRatio || 1);
    if (pixels !== this.painted) void this.paint(pixels);
  }

  /** Gives up what is being painted, and the memory of what was. */
  remove(): void {
    this.painting.abort();
    this.element.remove();
    this.canvas.width = this.canvas.height = 0;
    void this.follow(this.file.forget(this.number));
  }

  private async paint(scale: number): Promise<void> {
    this.painted = scale;
    const fresh = document.createElement('canvas');
    await this.follow(this.file.paint(this.number, fresh, scale, this.painting.signal));
    // Until it is whole the old pixels stay, stretched; a later one may have been asked for meanwhile.
    if (this.painted !== scale || this.painting.signal.aborted || fresh.width === 0) return;
    Object.assign(this.canvas, { width: fresh.width, height: fresh.height });
    this.canvas.getContext('2d')?.drawImage(fresh, 0, 0);
    fresh.width = 0;
  }

  private async follow(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (this.painting.signal.aborted) return;
      this.note.textContent = `Page ${this.number} cannot be shown.`;
      this.failed(error as Error);
    }
  }
}
