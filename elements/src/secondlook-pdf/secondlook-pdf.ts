/**
 * A PDF to read: pages below each other, text that can be selected, zoom. An element of our own, in which task pages show the
 * PDFs that they embed, because no browser's viewer runs in a sandboxed frame (`pdf/embedded-pdfs.ts`).
 */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';
import { icon, type IconName } from '../base/icons.ts';
import { text } from '../base/text-property.ts';
import { pageAsked } from '../pdf/address.ts';
import { NATURAL, PageScroller } from '../pdf/page-scroller.ts';
import { PdfFile } from '../pdf/pdf-file.ts';
import { tellPage } from '../pdf/viewer-words.ts';
import { styles } from './secondlook-pdf.styles.ts';

const ZOOM_STEP = 1.25;

type Shown = { readonly state: 'none' | 'loading' | 'ready' } | { readonly state: 'failed'; readonly message: string };

/** An `src` that ends in `#page=3` opens there. */
export class SecondlookPdf extends CrowdElement {
  static override styles = [CrowdElement.styles, styles];

  /** The address of the document. */
  @text() src = '';

  @state() private shown: Shown = { state: 'none' };

  @query('.pages') private readonly outer!: HTMLElement;
  @query('.column') private readonly inner!: HTMLElement;

  private file: PdfFile | undefined;
  private scroller: PageScroller | undefined;
  private current = new AbortController();

  private readonly keys: Readonly<Record<string, () => void>> = {
    '+': () => this.scroller?.zoom(ZOOM_STEP),
    '=': () => this.scroller?.zoom(ZOOM_STEP),
    '-': () => this.scroller?.zoom(1 / ZOOM_STEP),
    f: () => this.scroller?.fit(),
    r: () => this.scroller?.naturalSize(),
    ArrowLeft: () => this.step(-1),
    ArrowRight: () => this.step(1),
  };

  constructor() {
    super();
    this.addEventListener('keydown', this.onSubmitKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.open();
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    if (shown.state === 'none') return html``;
    if (shown.state === 'failed') {
      return html`<div class="notice" role="alert">
        <p>${shown.message}</p>
        <button class="button" type="button" @click=${this.open}>Try again</button>
      </div>`;
    }
    const isReady = shown.state === 'ready';
    return html`
      ${isReady ? this.bar() : html`<div class="notice"><p role="status">Loading the document…</p></div>`}
      <div class="pages" tabindex="0" role="region" aria-label="Document" ?hidden=${!isReady} @keydown=${this.onKey}>
        <div class="column"></div>
      </div>
    `;
  }

  private bar(): TemplateResult {
    const { file, scroller } = this;
    const page = scroller?.page ?? 1;
    const count = file?.pageCount ?? 1;
    const scale = `${Math.round(((scroller?.scale ?? NATURAL) / NATURAL) * 100)}%`;
    const button = (name: IconName, title: string, key: string, isDisabled = false): TemplateResult => html`
      <button class="button quiet" type="button" title="${title} (${key})" aria-label=${title} ?disabled=${isDisabled} @click=${this.keys[key]}>
        ${icon(name)}
      </button>
    `;
    return html`
      <div class="bar" role="toolbar" aria-label="Document">
        ${button('previous', 'Previous page', 'ArrowLeft', page <= 1)}
        <label>
          <input type="text" inputmode="numeric" aria-label="Page" .value=${String(page)} @change=${this.onPage} />
          of ${count}
        </label>
        ${button('next', 'Next page', 'ArrowRight', page >= count)}
        <span class="room"></span>
        ${button('minus', 'Zoom out', '-')}
        <button class="button quiet scale" type="button" title="Real size (R)" aria-label="${scale}, show the real size" @click=${this.keys.r}>${scale}</button>
        ${button('plus', 'Zoom in', '+')} ${button('fit', 'Fit the width', 'f')}
      </div>
    `;
  }

  private readonly open = async (): Promise<void> => {
    this.close();
    if (this.src === '') {
      this.shown = { state: 'none' };
      return;
    }
    this.shown = { state: 'loading' };
    this.current = new AbortController();
    const { signal } = this.current;
    try {
      const file = await PdfFile.load(this.src, document.baseURI, { signal });
      if (signal.aborted) return file.close();
      this.file = file;
      await this.present(file, signal);
    } catch (error) {
      if (!signal.aborted) this.fail(error as Error);
    }
  };

  private async present(file: PdfFile, signal: AbortSignal): Promise<void> {
    const first = await file.sizeOf(1);
    if (signal.aborted) return;
    this.shown = { state: 'ready' };
    await this.updateComplete;
    this.scroller = new PageScroller(
      file,
      first,
      this.outer,
      this.inner,
      () => this.requestUpdate(),
      (error) => tellPage({ error: error.message }),
    );
    this.scroller.goTo(pageAsked(this.src));
  }

  private close(): void {
    this.current.abort();
    this.scroller?.close();
    this.file?.close();
    this.scroller = this.file = undefined;
  }

  private fail({ message }: Error): void {
    this.close();
    this.shown = { state: 'failed', message };
    tellPage({ error: message });
  }

  private step(step: 1 | -1): void {
    if (this.scroller) this.scroller.goTo(this.scroller.page + step);
  }

  private readonly onPage = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const page = Number(field.value);
    if (Number.isInteger(page)) this.scroller?.goTo(page);
    field.value = String(this.scroller?.page ?? 1);
  };

  private readonly onSubmitKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) tellPage({ submits: true });
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : this.keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };
}
