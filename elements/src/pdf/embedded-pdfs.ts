/**
 * PDFs that a template embeds by `iframe`, `embed` or `object`. No browser's viewer of PDFs runs in a sandboxed frame, so each is
 * shown by ours, which is loaded only then.
 *
 * The viewer is a page of its own in the frame (`srcdoc`), so that it keeps the place and size that the template gives it and
 * neither's styles reach the other; for an `embed` or an `object`, a frame stands in.
 */
import { arrivals } from '../base/arrivals.ts';
import { namesPdf, PDF_TYPE } from './address.ts';
import { startsAsPdf } from './starts-as-pdf.ts';
import { readWords } from './viewer-words.ts';

type Embedding = HTMLIFrameElement | HTMLEmbedElement | HTMLObjectElement;

const EMBEDDINGS = 'iframe, embed, object';

const isFrame = (element: Element): element is HTMLIFrameElement => element.localName === 'iframe';

export class EmbeddedPdfs {
  /** The address under which each was last seen. */
  private readonly seen = new WeakMap<Embedding, string>();
  /** The frame that shows the PDF of each, itself where it is one. */
  private readonly frames = new Map<Embedding, HTMLIFrameElement>();

  constructor(
    private readonly page: Document,
    /** The address of the script with all elements. */
    private readonly library: string,
    private readonly report: (message: string) => void,
  ) {}

  watch(): void {
    new MutationObserver((records) => this.onMutations(records)).observe(this.page, { childList: true, subtree: true, attributeFilter: ['src', 'data', 'type'] });
    window.addEventListener('message', this.onMessage);
    this.scan();
  }

  private scan(): void {
    this.look(this.page.querySelectorAll<Embedding>(EMBEDDINGS));
  }

  private onMutations(records: readonly MutationRecord[]): void {
    // It changes what all addresses mean.
    if (arrivals(records, 'base').length > 0) return this.scan();
    const changed = records.filter(({ type, target }) => type === 'attributes' && (target as Element).matches(EMBEDDINGS));
    this.look(new Set([...arrivals<Embedding>(records, EMBEDDINGS), ...changed.map(({ target }) => target as Embedding)]));
  }

  private look(embeddings: Iterable<Embedding>): void {
    for (const element of embeddings) {
      const address = this.addressOf(element);
      if (this.seen.get(element) === address || [...this.frames].some(([owner, frame]) => frame === element && owner !== element)) continue;
      this.seen.set(element, address);
      void this.consider(element, address);
    }
  }

  /** What a template says itself (`srcdoc`) goes before an address. */
  private addressOf(element: Embedding): string {
    if (isFrame(element) && element.hasAttribute('srcdoc') && !this.frames.has(element)) return '';
    const source = element.getAttribute(element.localName === 'object' ? 'data' : 'src');
    return source && URL.canParse(source, this.page.baseURI) ? new URL(source, this.page.baseURI).href : '';
  }

  private async consider(element: Embedding, address: string): Promise<void> {
    const isNamed = namesPdf(address) || (address !== '' && element.getAttribute('type') === PDF_TYPE);
    const isPdf = isNamed || (this.isOurs(address) && (await startsAsPdf(address)));
    if (this.seen.get(element) !== address) return;
    if (isPdf) this.show(element, await readable(address));
    else this.leave(element);
  }

  /** Only what lies on our server, or in the page's own memory, is looked at. */
  private isOurs(address: string): boolean {
    if (address.startsWith('blob:')) return true;
    return address !== '' && new URL(address).host === new URL(this.library).host;
  }

  private show(element: Embedding, address: string): void {
    // What stands in an object is for browsers that cannot show it.
    if ([...this.frames.keys()].some((other) => other !== element && other.contains(element))) return;
    const frame = this.frames.get(element) ?? (isFrame(element) ? element : standIn(element));
    this.frames.set(element, frame);
    if (frame.hasAttribute('sandbox')) frame.sandbox.add('allow-scripts');
    if (!frame.title) frame.title = 'Document';
    frame.srcdoc = this.viewer(address);
  }

  /** It holds something else now. */
  private leave(element: Embedding): void {
    const frame = this.frames.get(element);
    if (!frame) return;
    this.frames.delete(element);
    if (frame === element) return frame.removeAttribute('srcdoc');
    frame.remove();
    element.style.removeProperty('display');
  }

  private viewer(address: string): string {
    const page = this.page.implementation.createHTMLDocument('Document');
    const script = Object.assign(page.createElement('script'), { src: this.library });
    const style = page.createElement('style');
    style.textContent = 'html, body { height: 100%; margin: 0; overflow: hidden; }';
    const viewer = page.createElement('secondlook-pdf');
    viewer.setAttribute('src', address);
    page.head.append(script, style);
    page.body.append(viewer);
    return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
  }

  private readonly onMessage = ({ source, data }: MessageEvent): void => {
    const frame = [...this.frames.values()].find(({ contentWindow }) => contentWindow !== null && contentWindow === source);
    const words = frame && readWords(data);
    if (!words) return;
    if ('error' in words) this.report(words.error);
    else frame.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
  };
}

/** A frame that looks to the page as `element` did, which is hidden. */
function standIn(element: Embedding): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  for (const name of ['class', 'style', 'width', 'height', 'title', 'aria-label']) {
    const value = element.getAttribute(name);
    if (value !== null) frame.setAttribute(name, value);
  }
  // A rule of the template's may size the element by its kind.
  const own = getComputedStyle(element);
  for (const side of ['width', 'height'] as const) {
    if (!frame.style[side] && !frame.hasAttribute(side)) frame.style[side] = own[side];
  }
  frame.style.maxWidth ||= '100%';
  element.after(frame);
  element.style.setProperty('display', 'none', 'important');
  return frame;
}

/** What only this page can read goes to the viewer by its bytes. */
async function readable(address: string): Promise<string> {
  if (!address.startsWith('blob:')) return address;
  const blob = await (await fetch(address)).blob();
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([blob], { type: PDF_TYPE }));
  return new Promise((resolve) => reader.addEventListener('load', () => resolve(String(reader.result))));
}
