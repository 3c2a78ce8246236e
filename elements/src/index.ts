/** The bundle: what an opaque page lacks, every crowd element by its tag, the moment when they are ready, the channel to the portal. */
import { adoptPlainForms, catchSubmits } from './crowd-form/plain-form.ts';
import { settleColours, styleSheet } from './base/page.ts';
import { announceReady, parsed } from './base/ready.ts';
import { isBlank } from './base/sized.ts';
import { ELEMENTS } from './elements.ts';
import { formless } from './form/formless.ts';
import { unanswered } from './form/unanswered.ts';
import { link } from './frame/link.ts';
import { openLinksBeside } from './frame/links.ts';
import { lookBack } from './frame/looking-back.ts';
import { defineTurk } from './frame/mturk.ts';
import { supplyOpaquePage } from './frame/opaque/opaque.ts';
import { Reporter } from './frame/reporter.ts';
import { CHUNK_TAGS, FOLD_TAGS, TOOL_TAGS } from './loading/chunks.ts';
import { address, loader } from './loading/page-loader.ts';
import { EmbeddedPdfs } from './pdf/embedded-pdfs.ts';

/** So long after the page, its scripts have made what they make when their data has arrived; in milliseconds. */
const SCRIPTS_WAIT = 5000;

const TAGS = [...Object.keys(ELEMENTS), ...CHUNK_TAGS];

/** Two frames after the page has loaded, every element has its box. */
const settled = (): Promise<unknown> =>
  new Promise((done) => {
    const frames = (): number => requestAnimationFrame(() => requestAnimationFrame(done));
    if (document.readyState === 'complete') frames();
    else window.addEventListener('load', frames, { once: true });
  });

/** Tools say what is wrong with what they are given (`tool/faults.ts`). */
type Faulty = Element & { readonly faults?: readonly string[] };

const tools = (): Faulty[] => [...document.querySelectorAll(TOOL_TAGS.join())];

/** What is known only once the page is all there, and what only when its scripts have had time to bring their data. */
async function reportInTheEnd(reporter: Reporter): Promise<void> {
  await settled();
  for (const tool of tools()) {
    if (isBlank(tool)) reporter.report(`The element ${tool.localName} of the page has no size: it cannot be seen or worked with.`);
  }
  setTimeout(() => {
    for (const message of [...formless(document), ...tools().flatMap(({ faults }) => faults ?? [])]) reporter.report(message);
  }, SCRIPTS_WAIT);
}

async function start(): Promise<void> {
  const reporter = new Reporter(window, (message) => void link.send({ type: 'error', message }), [unanswered]);
  reporter.start();
  lookBack(document, link);
  catchSubmits(document);
  openLinksBeside(window);
  styleSheet(document, TOOL_TAGS, FOLD_TAGS);
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
  loader.watch(document);
  new EmbeddedPdfs(document, address, (message) => void link.send({ type: 'error', message, isShown: true })).watch();
  await parsed(document);
  adoptPlainForms(document);
  const missing = await loader.settled();
  if (missing.length === 0) await announceReady(document, TAGS);
  settleColours(document);
  link.announce();
  await reportInTheEnd(reporter);
  if (missing.length === 0) return;
  await Promise.all(missing.map((tag) => customElements.whenDefined(tag)));
  await announceReady(document, TAGS);
}

// A script of the template may bring the bundle once more.
if (customElements.get('crowd-form') === undefined) {
  link.claim();
  supplyOpaquePage(window);
  defineTurk(window);
  void start();
}
