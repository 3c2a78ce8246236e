/**
 * A PDF in memory: its pages as pixels and as text. The one place that speaks with pdf.js.
 *
 * Nothing in a file is run: pdf.js has no scripts here (they need a sandbox that we do not bundle), no forms of the XFA kind, and
 * since its version 5 no `eval`. What a file may cost is bounded, in bytes, pixels and time.
 */
import {
  AnnotationMode,
  getDocument,
  InvalidPDFException,
  PasswordException,
  TextLayer,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fetchFile } from '../base/file.ts';
import type { Size } from '../base/geometry.ts';
import { sensibleSize } from './page-column.ts';
import { startThread, type PdfThread } from './pdf-worker.ts';

/** A larger file is not opened. In bytes. */
const LARGEST_FILE = 256 * 1024 * 1024;
/** A picture inside of a PDF with more pixels is left out. */
const LARGEST_PICTURE = 128 * 1024 * 1024;
/** A page is painted with at most so many pixels. */
export const MOST_PIXELS = 16_000_000;
/** What takes longer is given up, in milliseconds. */
const LONGEST_STEP = 30_000;

/** Tables, fonts and decoders that some files need; beside the folder of this script. */
const data = (folder: string): string => new URL(`../pdf/${folder}/`, import.meta.url).href;

export class PdfFile {
  private readonly pages = new Map<number, Promise<PDFPageProxy>>();

  private constructor(
    private readonly file: PDFDocumentProxy,
    private readonly thread: PdfThread,
    /** Where it came from, for people. */
    readonly address: string,
  ) {}

  /** Errors say for people what went wrong. */
  static async load(source: string, base: string, init: RequestInit): Promise<PdfFile> {
    const { address, bytes } = await fetchFile('document', source, base, init);
    return PdfFile.open(bytes, address);
  }

  /** Takes the bytes away from their owner. */
  static async open(bytes: Uint8Array<ArrayBuffer>, address: string): Promise<PdfFile> {
    if (bytes.length > LARGEST_FILE) throw new Error(`The document ${address} is too large to be shown: it has more than 256 MB.`);
    const thread = await startThread();
    const task = getDocument({
      data: bytes,
      worker: thread.worker,
      cMapUrl: data('cmaps'),
      iccUrl: data('iccs'),
      standardFontDataUrl: data('standard_fonts'),
      wasmUrl: data('wasm'),
      useWorkerFetch: true,
      enableXfa: false,
      maxImageSize: LARGEST_PICTURE,
      verbosity: VerbosityLevel.ERRORS,
    });
    try {
      return new PdfFile(await inTime(task.promise), thread, address);
    } catch (error) {
      thread.end();
      throw inWords(error, address);
    }
  }


  get pageCount(): number {
    return this.file.numPages;
  }

  /** The size of a page (from 1) in points. */
  async sizeOf(number: number): Promise<Size> {
    return sensibleSize((await this.page(number)).getViewport({ scale: 1 }));
  }

  /** Paints a page so that it has `scale` pixels for each point, or fewer where that would be too many. */
  async paint(number: number, canvas: HTMLCanvasElement, scale: number, signal: AbortSignal): Promise<void> {
    const page = await this.page(number);
    const natural = page.getViewport({ scale: 1 });
    const possible = Math.min(scale, Math.sqrt(MOST_PIXELS / (natural.width * natural.height)));
    const viewport = page.getViewport({ scale: possible });
    signal.throwIfAborted();
    canvas.width = Math.max(Math.floor(viewport.width), 1);
    canvas.height = Math.max(Math.floor(viewport.height), 1);
    const task = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
    signal.addEventListener('abort', () => task.cancel());
    await this.whole(task.promise);
  }

  /** Lays the text of a page, unseen and selectable, into an element that covers it. */
  async layText(number: number, container: HTMLElement, signal: AbortSignal): Promise<void> {
    const page = await this.page(number);
    signal.throwIfAborted();
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport: page.getViewport({ scale: 1 }) });
    signal.addEventListener('abort', () => layer.cancel());
    await this.whole(layer.render());
  }

  /** Frees what was kept of a page for painting it again. */
  async forget(number: number): Promise<void> {
    (await this.pages.get(number))?.cleanup();
  }

  close(): void {
    this.thread.end();
  }

  private page(number: number): Promise<PDFPageProxy> {
    let page = this.pages.get(number);
    if (!page) this.pages.set(number, (page = this.whole(this.file.getPage(number))));
    return page;
  }

  private whole<T>(work: Promise<T>): Promise<T> {
    return inTime(work).catch((error) => {
      throw inWords(error, this.address);
    });
  }
}

class TooLong extends Error {}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new TooLong()), LONGEST_STEP)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function inWords(error: unknown, address: string): unknown {
  if (error instanceof PasswordException) return new Error(`The document ${address} is protected by a password.`);
  if (error instanceof InvalidPDFException) return new Error(`The document ${address} is damaged, or no PDF.`);
  if (error instanceof TooLong) return new Error(`The document ${address} cannot be shown: it takes too long to read.`);
  return error;
}
