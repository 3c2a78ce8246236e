/** The bundle: every crowd element by its tag, the moment when they are ready, and the channel to the portal. */
import { settleColours, styleSheet } from './base/page.ts';
import { elementsReady } from './base/ready.ts';
import { CrowdBoundingBox } from './crowd-bounding-box/crowd-bounding-box.ts';
import { CrowdForm } from './crowd-form/crowd-form.ts';
import { link } from './frame/link.ts';
import { FullInstructions } from './instructions/full-instructions.ts';
import { ShortInstructions } from './instructions/short-instructions.ts';

/** Containers come before their content, so that an element upgraded by us finds its parent upgraded. */
const ELEMENTS: Record<string, CustomElementConstructor> = {
  'crowd-form': CrowdForm,
  'crowd-bounding-box': CrowdBoundingBox,
  'full-instructions': FullInstructions,
  'short-instructions': ShortInstructions,
};

async function start(): Promise<void> {
  styleSheet(document);
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
  await elementsReady(document, Object.keys(ELEMENTS));
  settleColours(document);
  link.announce();
}

// A template may name the bundle twice, under its old and its new address.
if (customElements.get('crowd-form') === undefined) void start();
