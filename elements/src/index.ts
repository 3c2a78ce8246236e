/** The bundle: every crowd element by its tag, the moment when they are ready, and the channel to the portal. */
import { settleColours, styleSheet } from './base/page.ts';
import { announceReady, parsed } from './base/ready.ts';
import { isBlank } from './base/sized.ts';
import { ELEMENTS } from './elements.ts';
import { unanswered } from './form/unanswered.ts';
import { link } from './frame/link.ts';
import { lookBack } from './frame/looking-back.ts';
import { Reporter } from './frame/reporter.ts';
import { CHUNK_TAGS, FOLD_TAGS, TOOL_TAGS } from './loading/chunks.ts';
import { address, loader } from './loading/page-loader.ts';
import { EmbeddedPdfs } from './pdf/embedded-pdfs.ts';

const TAGS = [...Object.keys(ELEMENTS), ...CHUNK_TAGS];

/** Two frames after the page has loaded, every element has its box. */
const settled = (): Promise<unknown> =>
  new Promise((done) => {
    const frames = (): number => requestAnimationFrame(() => requestAnimationFrame(done));
    if (document.readyState === 'complete') frames();
    else window.addEventListener('load', frames, { once: true });
  });

async function reportBlank(reporter: Reporter): Promise<void> {
  await settled();
  for (const tool of document.querySelectorAll(TOOL_TAGS.join())) {
    if (isBlank(tool)) reporter.report(`The element ${tool.localName} of the page has no size: it cannot be seen or worked with.`);
  }
}

async function start(): Promise<void> {
  const reporter = new Reporter(window, (message) => void link.send({ type: 'error', message }), [unanswered]);
  reporter.start();
  lookBack(document, link);
  styleSheet(document, TOOL_TAGS, FOLD_TAGS);
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
  loader.watch(document);
  new EmbeddedPdfs(document, address, (message) => void link.send({ type: 'error', message, isShown: true })).watch();
  await parsed(document);
  const missing = await loader.settled();
  if (missing.length === 0) await announceReady(document, TAGS);
  settleColours(document);
  link.announce();
  await reportBlank(reporter);
  if (missing.length === 0) return;
  await Promise.all(missing.map((tag) => customElements.whenDefined(tag)));
  await announceReady(document, TAGS);
}

// A template may name the bundle twice, under its old and its new address.
if (customElements.get('crowd-form') === undefined) void start();
