/** A document in a tool, one page at a time: a picture is one page, a PDF has many, each painted as a picture when it is shown. */
import { shownAddress } from '../base/address.ts';
import { clamp } from '../base/geometry.ts';
import { link } from '../frame/link.ts';
import { namesPdf } from '../pdf/address.ts';
import type { PdfFile } from '../pdf/pdf-file.ts';
import { startsAsPdf } from '../pdf/starts-as-pdf.ts';
import { PictureView } from '../picture/view/picture-view.ts';
import type { Picture } from '../picture/file/picture.ts';

/** Pixels for each point of a PDF: enough to read small print when it is enlarged. */
const DENSITY = 2.5;

async function isPdf(source: string): Promise<boolean> {
  if (source === '' || !URL.canParse(source, document.baseURI)) return false;
  const { href } = new URL(source, document.baseURI);
  return namesPdf(href) || (await startsAsPdf(href));
}

export abstract class DocumentView extends PictureView {
  override readonly name = 'Document';
  /** The page that is shown, from 1. */
  page = 1;
  /** Until it is known not to be a PDF, or a page of it is a picture. */
  private coming: Picture | undefined;
  private file: PdfFile | undefined;
  private painted = '';
  private source = '';
  private current = new AbortController();

  get pageCount(): number {
    return this.file?.pageCount ?? 1;
  }

  override get obstacle(): string | undefined {
    return this.awaited.state.state === 'ready' ? undefined : 'The document is not there yet.';
  }

  protected override get awaited(): { state: Picture; retry: () => void; what: string } {
    return { state: this.coming ?? this.loader.picture, retry: () => this.load(this.source), what: 'document' };
  }

  override load(source: string): void {
    this.close();
    this.source = source;
    this.page = 1;
    this.come(source ? { state: 'loading' } : undefined);
    void this.open(source, this.current.signal);
  }

  /** Shows another page; the nearest where there is none of this number. */
  goTo(page: number): void {
    const wanted = clamp(page, 1, this.pageCount);
    if (wanted === this.page || !this.file) return;
    this.page = wanted;
    void this.follow(this.showPage(this.file, this.current.signal), this.current.signal);
  }

  close(): void {
    this.current.abort();
    this.current = new AbortController();
    this.file?.close();
    this.file = undefined;
    if (this.painted) URL.revokeObjectURL(this.painted);
    this.painted = '';
  }

  private async open(source: string, signal: AbortSignal): Promise<void> {
    const isDocument = await isPdf(source);
    if (signal.aborted) return;
    if (isDocument) return this.follow(this.openPdf(source, signal), signal);
    super.load(source);
    this.come(undefined);
  }

  private async openPdf(source: string, signal: AbortSignal): Promise<void> {
    super.load('');
    const { PdfFile } = await import('../pdf/pdf-file.ts');
    const file = await PdfFile.load(source, document.baseURI, { signal });
    if (signal.aborted) return file.close();
    this.file = file;
    await this.showPage(file, signal);
  }

  private async showPage(file: PdfFile, signal: AbortSignal): Promise<void> {
    const { page } = this;
    const canvas = document.createElement('canvas');
    await file.paint(page, canvas, DENSITY, signal);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (signal.aborted || page !== this.page) return;
    if (!blob) throw new Error(`Page ${page} of the document ${shownAddress(this.source, document.baseURI)} cannot be shown.`);
    if (this.painted) URL.revokeObjectURL(this.painted);
    this.painted = URL.createObjectURL(blob);
    super.load(this.painted);
    this.come(undefined);
  }

  private async follow(work: Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (signal.aborted) return;
      const { message } = error as Error;
      void link.send({ type: 'error', message, isShown: true });
      this.come({ state: 'failed', message });
    }
  }

  private come(picture: Picture | undefined): void {
    this.coming = picture;
    this.host.requestUpdate();
  }
}
