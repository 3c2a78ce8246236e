/** Puts fields back to what the template gave that no form of the browser's owns, since theirs lies in a shadow root. */
import { isAnswerElement, isNative, isTick } from './fields.ts';

export function resetUnowned(fields: readonly HTMLElement[]): void {
  for (const field of fields) {
    if (isAnswerElement(field)) field.reset();
    else if (isTick(field)) field.checked = field.defaultChecked;
    else if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = option.defaultSelected;
    else if (isNative(field)) field.value = (field as HTMLInputElement | HTMLTextAreaElement).defaultValue;
  }
}
