/** Asks every field whether its content is acceptable; each shows its own error, the form says how many there are. */
import { isForeign, isNative, isSpeaking } from './fields.ts';

type Refusal = { element: HTMLElement; reason: string };

/** How the worker may know a native control: its label, its placeholder, or its name. */
function wordsFor(control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  const label = control.getAttribute('aria-label') ?? control.labels?.[0]?.textContent ?? control.getAttribute('placeholder');
  return label?.replace(/\s+/g, ' ').trim() || control.name || 'A field';
}

/** The fields below `root` that refuse to be submitted, in document order, with the reason where the field shows none. */
export function refusals(root: Element): Refusal[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element): Refusal[] => {
    const reason = element.matches(':disabled') ? undefined : refusal(element);
    return reason === undefined ? [] : [{ element, reason }];
  });
}

/** Why the element refuses; undefined when it does not. */
function refusal(element: HTMLElement): string | undefined {
  if (isSpeaking(element)) return element.validate() ? undefined : '';
  if (isNative(element)) return element.checkValidity() ? undefined : `${wordsFor(element)}: ${element.validationMessage}`;
  if (!isForeign(element)) return undefined;
  const isAccepted = element.validate?.() ?? element.checkValidity?.() ?? true;
  return isAccepted ? undefined : `${element.getAttribute('name') ?? element.localName} is not complete`;
}

/** Brings the first refusing field to the worker's eyes. */
export function show(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
  if (isNative(element)) element.reportValidity();
}
