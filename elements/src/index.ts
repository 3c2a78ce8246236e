/** The bundle: every crowd element by its tag, the moment when they are ready, and the channel to the portal. */
import { settleColours, styleSheet } from './base/page.ts';
import { elementsReady } from './base/ready.ts';
import { ELEMENTS } from './elements.ts';
import { link } from './frame/link.ts';

async function start(): Promise<void> {
  styleSheet(document);
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
  await elementsReady(document, Object.keys(ELEMENTS));
  settleColours(document);
  link.announce();
}

// A template may name the bundle twice, under its old and its new address.
if (customElements.get('crowd-form') === undefined) void start();
