/** The bundle: every crowd element by its tag, the moment when they are ready, and the channel to the portal. */
import { AnnotationTool } from './tool/annotation-tool.ts';
import { settleColours, styleSheet } from './base/page.ts';
import { elementsReady } from './base/ready.ts';
import { isBlank } from './base/sized.ts';
import { unanswered } from './form/unanswered.ts';
import { ELEMENTS } from './elements.ts';
import { link } from './frame/link.ts';
import { Reporter } from './frame/reporter.ts';

const TAGS = Object.keys(ELEMENTS);
const TOOLS = TAGS.filter((tag) => ELEMENTS[tag]?.prototype instanceof AnnotationTool);

/** Two frames after the page has loaded, every element has its box. */
const settled = (): Promise<unknown> =>
  new Promise((done) => {
    const frames = (): number => requestAnimationFrame(() => requestAnimationFrame(done));
    if (document.readyState === 'complete') frames();
    else window.addEventListener('load', frames, { once: true });
  });

async function reportBlank(reporter: Reporter): Promise<void> {
  await settled();
  for (const tool of document.querySelectorAll(TOOLS.join())) {
    if (isBlank(tool)) reporter.report(`The element ${tool.localName} of the page has no size: it cannot be seen or worked with.`);
  }
}

async function start(): Promise<void> {
  const reporter = new Reporter(window, (message) => void link.send({ type: 'error', message }), [unanswered]);
  reporter.start();
  styleSheet(document, TOOLS);
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
  await elementsReady(document, TAGS);
  settleColours(document);
  link.announce();
  await reportBlank(reporter);
}

// A template may name the bundle twice, under its old and its new address.
if (customElements.get('crowd-form') === undefined) void start();
