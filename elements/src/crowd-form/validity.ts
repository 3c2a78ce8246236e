/** Asks every field whether its content is acceptable; each shows its own error, the form says which they are. */
import { contentOf, isForeign, isNative, isSpeaking, isTick } from './fields.ts';
import { nameOfGroup, wordsFor } from './words.ts';

type Refusal = { element: HTMLElement; reason: string };

/** The fields of the page that refuse to be submitted, in document order, with the reason where the field shows none. */
export function refusals(page: ParentNode): Refusal[] {
  const told = new Set<string>();
  return contentOf(page).flatMap((element): Refusal[] => {
    const reason = element.matches(':disabled') ? undefined : refusal(element, page);
    // All radio buttons of a group refuse together; the worker needs to hear it once.
    if (reason === undefined || (isTick(element) && told.has(reason))) return [];
    told.add(reason);
    return [{ element, reason }];
  });
}

/** Why the element refuses; undefined when it does not. */
function refusal(element: HTMLElement, page: ParentNode): string | undefined {
  if (isSpeaking(element)) return element.validate() ? undefined : '';
  if (isTick(element)) return element.checkValidity() ? undefined : `${wordsForTick(element, page)}: ${element.validationMessage}`;
  if (isNative(element)) return element.checkValidity() ? undefined : `${wordsFor(element)}: ${element.validationMessage}`;
  if (!isForeign(element)) return undefined;
  const isAccepted = element.validate?.() ?? element.checkValidity?.() ?? true;
  return isAccepted ? undefined : `${element.getAttribute('name') ?? element.localName} is not complete`;
}

/** Radio buttons and boxes of one name answer one question together, so it is the question that is named. */
function wordsForTick(tick: HTMLInputElement, page: ParentNode): string {
  const isRefused = (other: HTMLElement): boolean =>
    isTick(other) && other.type === tick.type && other.name === tick.name && !other.matches(':disabled') && !other.checkValidity();
  const isGroup = tick.name !== '' && contentOf(page).filter(isRefused).length > 1;
  return isGroup ? nameOfGroup(tick) : wordsFor(tick);
}

/** Brings the first refusing field to the worker's eyes. */
export function show(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
  if (isNative(element)) element.reportValidity();
}
