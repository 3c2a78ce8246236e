/**
 * Tells the portal what goes wrong on a task page and would otherwise be seen by nobody who can mend it: errors of the
 * template's scripts, pictures that do not load, elements that do not exist, and what other judges find.
 *
 * A page can be broken in a loop, so each message is sent once, and only so many.
 */
import { shownAddress } from '../base/address.ts';
import { READY } from '../base/ready.ts';
import { isPending } from '../loading/chunks.ts';

/** Messages of one page; whoever reads them has seen enough by then. */
export const MOST_REPORTS = 20;

/** An element that a script adds may be defined by it a little later. In milliseconds. */
const GRACE = 1000;

/** Browsers report a resize that takes two frames as an error; nothing is wrong then. */
const NOISE = /^ResizeObserver loop/;

/** The element library under its own address, asked for by a script: ours has been there from the start. */
const AMAZONS = /^assets\.crowd\.aws\//;

const HIDDEN = 'A script of another site failed; its browser-hidden message can be seen when its tag has the attribute crossorigin.';

export class Reporter {
  private readonly sent = new Set<string>();

  constructor(
    private readonly page: Window & typeof globalThis,
    private readonly send: (message: string) => void,
    /** Each says what is wrong with the page as it stands; asked again when that changes. */
    private readonly judges: readonly ((page: Document) => string[])[] = [],
  ) {}

  start(): void {
    // Errors of pictures and scripts do not bubble, so they are caught on their way down.
    this.page.addEventListener('error', (event) => this.onError(event), { capture: true });
    this.page.document.addEventListener('securitypolicyviolation', (event) => this.onViolation(event));
    this.page.addEventListener('unhandledrejection', ({ reason }) => this.report(`A script of the page failed: ${wordsOf(reason)}`));
    if (this.page.document.readyState === 'complete') this.onLoad();
    else this.page.addEventListener('load', () => this.onLoad());
  }

  report(message: string): void {
    if (this.sent.has(message) || this.sent.size >= MOST_REPORTS) return;
    this.sent.add(message);
    this.send(message);
  }

  private onError(event: Event): void {
    if (event instanceof ErrorEvent) return this.onScriptError(event);
    const address = event.target instanceof Element ? this.addressOf(event.target) : undefined;
    if (address !== undefined && !AMAZONS.test(address)) this.report(`${kindOf(event.target as Element)} ${address} could not be loaded.`);
  }

  private onScriptError({ message, filename, lineno, error }: ErrorEvent): void {
    if (NOISE.test(message)) return;
    if (lineno === 0 && error === null) return this.report(HIDDEN);
    const file = filename === this.page.location.href || filename === '' ? 'the page' : shownAddress(filename, this.page.document.baseURI);
    this.report(`A script of the page failed: ${message} (${file}, line ${lineno})`);
  }

  /** The only policies that can say so are the page's own: those of the server allow everything. */
  private onViolation({ blockedURI, effectiveDirective, disposition }: SecurityPolicyViolationEvent): void {
    if (disposition !== 'enforce') return;
    const what = /^\w+:\/\//.test(blockedURI) ? shownAddress(blockedURI, this.page.document.baseURI) : `what is ${blockedURI || 'inline'}`;
    this.report(`The page has a Content-Security-Policy in <meta>, whose ${effectiveDirective} keeps ${what} from it. Templates need none: they cannot reach the portal.`);
  }

  private addressOf(element: Element): string | undefined {
    const source = element.getAttribute('src') ?? element.getAttribute('href');
    return source ? shownAddress(source, this.page.document.baseURI) : undefined;
  }

  private onLoad(): void {
    const { document } = this.page;
    for (const image of document.images) if (isBroken(image)) this.report(`The picture ${this.addressOf(image)} could not be loaded.`);
    this.judge();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      timer = undefined;
      this.judge();
    };
    // What an element is asked for it may say only when its script has come.
    document.addEventListener(READY, () => this.judge());
    new MutationObserver(() => (timer ??= setTimeout(later, GRACE))).observe(document, { childList: true, subtree: true });
  }

  private judge(): void {
    for (const judge of [unknown, ...this.judges]) for (const message of judge(this.page.document)) this.report(message);
  }
}

const unknown = (page: Document): string[] =>
  [...page.querySelectorAll(':not(:defined)')]
    .filter((element) => element.localName.startsWith('crowd-') && !isPending(element))
    .map(({ localName }) => `The element ${localName} does not exist here: it shows nothing and adds nothing to the answer.`);

/** Did it fail before this script was there to hear of it? A drawing (SVG) without a size of its own has none either. */
const isBroken = (image: HTMLImageElement): boolean =>
  image.complete && image.naturalWidth === 0 && Boolean(image.getAttribute('src')) && !/\.svg\b|^data:image\/svg/.test(image.src);

const KINDS: Record<string, string> = {
  img: 'The picture',
  script: 'The script',
  link: 'The style sheet',
  video: 'The video',
  audio: 'The sound',
  iframe: 'The page',
};

const kindOf = (element: Element): string => KINDS[element.localName] ?? 'The file';

const wordsOf = (reason: unknown): string => (reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason));
