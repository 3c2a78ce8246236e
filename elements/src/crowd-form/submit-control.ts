/**
 * Who offers the Submit button: the template, an annotation tool, or the form itself
 * (`a2i-facts/crowd-elements/form-and-inputs.md`, "Submit button").
 */
import { contentOf } from '../form/page-forms.ts';

/** An element that draws the form's Submit button inside its own layout when asked to. */
export type HostsSubmit = HTMLElement & {
  hostsSubmit: boolean;
  /** The form shows the button instead; the tool's own stays for scripts, out of sight. */
  hidesSubmit: boolean;
  submitting: boolean;
  readonly workBottom: number;
  pressSubmit(): void;
};

// A hidden crowd-button counts: that is how templates suppress the automatic button.
const OWN = 'crowd-button[form-action="submit" i], input[type="submit"], input[type="image"]';

/** A button whose inline handler always objects is there for something else. */
const OBJECTS = /return\s+false|preventDefault/;

/** Is this a submit control that a template brings? A `<button>` without a type is one, as in any form. */
export const submits = (element: HTMLElement): boolean =>
  element instanceof HTMLButtonElement
    ? element.type === 'submit' && (element.hasAttribute('type') || !OBJECTS.test(element.getAttribute('onclick') ?? ''))
    : element.matches(OWN);

export const hasOwnSubmit = (page: ParentNode): boolean => contentOf(page).some(submits);

/**
 * The control of the template's own that a worker would press: undefined where none can be seen, so that the form is submitted as it
 * is; null where it waits (is disabled), or where only the worker knows which one is meant.
 */
export function ownSubmit(page: ParentNode): HTMLElement | null | undefined {
  const seen = contentOf(page).filter((element) => submits(element) && element.getClientRects().length > 0);
  if (seen.length === 0) return undefined;
  const [ready, ...others] = seen.filter((element) => !element.matches(':disabled'));
  return ready === undefined || others.length > 0 ? null : ready;
}

/** The last tool of the page that can draw the button and be used. */
export function submitHost(page: ParentNode): HostsSubmit | undefined {
  return contentOf(page)
    .filter((element): element is HostsSubmit => 'hostsSubmit' in element && !element.matches(':disabled'))
    .at(-1);
}

/** A border around a tool is nothing that stands below it. In CSS pixels. */
const BORDER = 2;

/** Does something of the form stand below the tool? Then Submit belongs below that, at the end of the page. */
export const standsAbove = (tool: HostsSubmit, form: Element): boolean => form.getBoundingClientRect().bottom > tool.workBottom + BORDER;
