/**
 * The fields of a task page: which elements hold an answer, what each contributes, and how its state is kept.
 *
 * The walk covers the light tree only, wherever the template put a field (`a2i-facts/crowd-elements/form-and-inputs.md`,
 * "What is collected").
 */
import type { Answer, Json, PageState } from '../frame/protocol.ts';
import { sorted } from '../base/sorted.ts';

/** An element that speaks for itself: ours, or one that a template defines with the same methods. */
type Speaking = HTMLElement & {
  name: string;
  contribution(): Json | undefined;
  validate(): boolean;
  saveState(): Json;
  restoreState(state: Json): void;
};

export type Native = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A control from a template's own script: `object-value-input`, or any form-associated element with a value. */
type Foreign = HTMLElement & { value?: Json; validate?(): unknown; checkValidity?(): boolean };

type Field = { name: string; element: HTMLElement };

const SILENT_TYPES = new Set(['button', 'submit', 'reset', 'image', 'file']);
const TICKS = new Set(['checkbox', 'radio']);

export const isSpeaking = (element: Element): element is Speaking => 'contribution' in element && 'saveState' in element;

export const isNative = (element: Element): element is Native =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

export const isForeign = (element: Element): element is Foreign =>
  element.localName === 'object-value-input' ||
  (element.localName.includes('-') && 'value' in element && 'formAssociated' in element.constructor && element.constructor.formAssociated === true);

const isDisabled = (element: Element): boolean => element.matches(':disabled') || (isForeign(element) && element.hasAttribute('disabled'));

const nameOf = (element: HTMLElement): string => ('name' in element ? String(element.name ?? '') : '') || (element.getAttribute('name') ?? '');

/** Everything inside the crowd-forms of a page, in document order: several forms make one answer. */
export const contentOf = (page: ParentNode): HTMLElement[] => [...page.querySelectorAll<HTMLElement>('crowd-form *')];

/** Every named field of the page, in document order. */
export function fieldsOf(page: ParentNode): Field[] {
  return contentOf(page)
    .filter((element) => isSpeaking(element) || isNative(element) || isForeign(element))
    .map((element) => ({ name: nameOf(element), element }))
    .filter((field) => field.name !== '');
}

export const isTick = (element: HTMLElement): element is HTMLInputElement => element instanceof HTMLInputElement && TICKS.has(element.type);

function contributionOf(element: HTMLElement): Json | undefined {
  if (isSpeaking(element)) return element.contribution();
  if (isTick(element)) return { [element.value]: element.checked };
  if (element instanceof HTMLInputElement && SILENT_TYPES.has(element.type)) return undefined;
  if (element instanceof HTMLSelectElement && element.multiple) {
    const chosen = [...element.selectedOptions].map((option) => option.value);
    return chosen.length > 0 ? chosen : undefined;
  }
  const value = (element as Native | Foreign).value;
  // "Elements with no input do not appear in the output."
  return value === '' || value === null ? undefined : value;
}

const isMergeable = (value: Json | undefined): value is { [key: string]: boolean } =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((item) => typeof item === 'boolean');

/** The answer as it stands: check boxes and radio buttons of one name merge, of other repeats the last one wins. */
export function collect(page: ParentNode): Answer {
  const answer = new Map<string, Json>();
  for (const { name, element } of fieldsOf(page)) {
    if (isDisabled(element)) continue;
    const value = contributionOf(element);
    if (value === undefined) continue;
    const earlier = answer.get(name);
    answer.set(name, isMergeable(earlier) && isMergeable(value) ? { ...earlier, ...value } : value);
  }
  return sorted<Answer>(Object.fromEntries(answer));
}

/** Fields by `name#ordinal`, the ordinal counting fields of the same name. */
function keyed(page: ParentNode): Map<string, HTMLElement> {
  const seen = new Map<string, number>();
  return new Map(
    fieldsOf(page).map(({ name, element }) => {
      const ordinal = seen.get(name) ?? 0;
      seen.set(name, ordinal + 1);
      return [`${name}#${ordinal}`, element];
    }),
  );
}

function stateOf(element: HTMLElement): Json | undefined {
  if (isSpeaking(element)) return element.saveState();
  if (isTick(element)) return element.checked;
  // A password has no business in a draft; a chosen file cannot be put back.
  if (element instanceof HTMLInputElement && (SILENT_TYPES.has(element.type) || element.type === 'password')) return undefined;
  if (element instanceof HTMLSelectElement) return [...element.selectedOptions].map((option) => option.value);
  return (element as Native | Foreign).value ?? null;
}

function putBack(element: HTMLElement, state: Json): void {
  if (isSpeaking(element)) return element.restoreState(state);
  if (isTick(element)) element.checked = state === true;
  else if (element instanceof HTMLSelectElement) {
    for (const option of element.options) option.selected = Array.isArray(state) && state.includes(option.value);
  } else (element as Native | Foreign).value = state as string;
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The state of every field, for a draft. */
export function saveState(page: ParentNode): PageState {
  const states = [...keyed(page)].map(([key, element]) => [key, stateOf(element)] as const);
  return { version: 1, fields: Object.fromEntries(states.filter((entry): entry is [string, Json] => entry[1] !== undefined)) };
}

/** Puts a draft's state back into the fields that still exist. */
export function restoreState(page: ParentNode, state: PageState): void {
  const elements = keyed(page);
  for (const [key, value] of Object.entries(state.fields)) {
    const element = elements.get(key);
    if (element !== undefined && JSON.stringify(stateOf(element)) !== JSON.stringify(value)) putBack(element, value);
  }
}
