/**
 * Who offers the Submit button: the template, an annotation tool, or the form itself
 * (`a2i-facts/crowd-elements/form-and-inputs.md`, "Submit button").
 */

/** An element that draws the form's Submit button inside its own layout when asked to. */
export type HostsSubmit = HTMLElement & { hostsSubmit: boolean; submitting: boolean };

// A hidden crowd-button counts: that is how templates suppress the automatic button.
const OWN = 'crowd-button[form-action="submit"], button[type="submit"], input[type="submit"], input[type="image"]';

/** Does the template bring a submit control of its own? */
export const hasOwnSubmit = (form: Element): boolean => form.querySelector(OWN) !== null;

/** The last tool in the form that can draw the button. */
export function submitHost(form: Element): HostsSubmit | undefined {
  return [...form.querySelectorAll<HTMLElement>('*')].filter((element): element is HostsSubmit => 'hostsSubmit' in element).at(-1);
}
