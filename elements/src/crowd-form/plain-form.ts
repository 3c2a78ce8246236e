/**
 * Forms of HTML's own on a page without `crowd-form`, as templates for Mechanical Turk have them: each gets a `crowd-form`
 * around it and is that one's inner form, so that drafts, checks and Submit are as everywhere.
 *
 * A browser would send such a form to an address of its own, and lead the frame away with it.
 */
import { FORMS } from '../form/page-forms.ts';
import type { CrowdForm } from './crowd-form.ts';

/** Those of the page itself, and of windows that it may not lead anywhere. */
const OWN_TARGETS = new Set(['', '_self', '_parent', '_top']);

const answers = (form: HTMLFormElement): boolean => form.method !== 'dialog' && OWN_TARGETS.has(form.target.toLowerCase());

/** The crowd-form that a form belongs to, or gets because the page has no other; undefined where it is no answer. */
function hostOf(form: HTMLFormElement): CrowdForm | undefined {
  const host = form.closest<CrowdForm>('crowd-form');
  if (host || !form.isConnected || !answers(form) || document.querySelector(FORMS)) return host ?? undefined;
  return adopt(form);
}

function adopt(form: HTMLFormElement): CrowdForm {
  const host = document.createElement('crowd-form') as CrowdForm;
  host.adopt(form);
  return host;
}

/** Takes the forms of a page that is parsed and has no other. */
export function adoptPlainForms(page: Document): void {
  if (page.querySelector(FORMS)) return;
  for (const form of [...page.forms].filter(answers)) adopt(form);
}

/** A form that a script makes later is taken when it is submitted. */
export function catchSubmits(page: Document): void {
  page.addEventListener('submit', onSubmit, { capture: true });
  const { submit } = HTMLFormElement.prototype;
  // As HTML has it: without an event, and whatever the fields hold.
  HTMLFormElement.prototype.submit = function (this: HTMLFormElement): void {
    const host = hostOf(this);
    if (host) host.handInUnchecked();
    else submit.call(this);
  };
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!event.isTrusted || form.closest('crowd-form')) return;
  const host = hostOf(form);
  if (!host) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  host.submit(event.submitter ?? undefined);
}
