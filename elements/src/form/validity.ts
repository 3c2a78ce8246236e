/** Asks every field whether its content is acceptable; each shows its own error, the form says which they are. */
import { isPending } from '../loading/chunks.ts';
import { isForeign, isNative, isAnswerElement, isTick } from './fields.ts';
import { contentOf } from './page-forms.ts';
import { reveal } from './reveal.ts';
import { nameOfGroup, wordsFor } from './words.ts';

type InvalidField = { element: HTMLElement; reason: string };

/** The fields of the page that are not acceptable, in document order, with the reason where the field shows none. */
export function invalidFields(page: ParentNode): InvalidField[] {
  const reasons = new Set<string>();
  return contentOf(page).flatMap((element): InvalidField[] => {
    const reason = element.matches(':disabled') ? undefined : whyInvalid(element, page);
    // All radio buttons of a group are invalid together; the worker needs to hear it once.
    if (reason === undefined || (isTick(element) && reasons.has(reason))) return [];
    reasons.add(reason);
    return [{ element, reason }];
  });
}

/** Why the content is not acceptable; undefined when it is. */
function whyInvalid(element: HTMLElement, page: ParentNode): string | undefined {
  if (isPending(element)) return `The element ${element.localName} is not there yet`;
  if (isAnswerElement(element)) return element.validate() ? undefined : '';
  if (isTick(element)) return element.checkValidity() ? undefined : `${wordsForTick(element, page)}: ${element.validationMessage}`;
  if (isNative(element)) return element.checkValidity() ? undefined : `${wordsFor(element)}: ${element.validationMessage}`;
  if (!isForeign(element)) return undefined;
  const isAccepted = element.validate?.() ?? element.checkValidity?.() ?? true;
  return isAccepted ? undefined : `${element.getAttribute('name') ?? element.localName} is not complete`;
}

/** Radio buttons and boxes of one name answer one question together, so it is the question that is named. */
function wordsForTick(tick: HTMLInputElement, page: ParentNode): string {
  const isInvalid = (member: HTMLElement): boolean =>
    isTick(member) && member.type === tick.type && member.name === tick.name && !member.matches(':disabled') && !member.checkValidity();
  const isGroup = tick.name !== '' && contentOf(page).filter(isInvalid).length > 1;
  return isGroup ? nameOfGroup(tick) : wordsFor(tick);
}

/** Brings the first invalid field to the worker's eyes. */
export function show(element: HTMLElement): void {
  reveal(element);
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
  if (isNative(element)) element.reportValidity();
}
