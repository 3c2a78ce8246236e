/**
 * The fields of a task page: which elements hold an answer, and what each contributes.
 *
 * The walk covers the light tree only, wherever the template put a field (`a2i-facts/crowd-elements/form-and-inputs.md`,
 * "What is collected").
 */
import { isJsonObject } from '../base/json-object.ts';
import type { Answer, Json } from '../frame/protocol.ts';
import { sorted } from '../base/sorted.ts';
import { foreignValue, type Foreign } from './foreign-value.ts';
import { contentOf } from './page-forms.ts';

/** An element that gives its part of the answer itself: ours, or one that a template defines with the same methods. */
type AnswerElement = HTMLElement & {
  name: string;
  /** Its members stand in the answer themselves, not under its name. */
  standsInAnswer?: boolean;
  contribution(): Json | undefined;
  validate(): boolean;
  reset(): void;
  saveState(): Json;
  restoreState(state: Json): void;
  /** As of {@link FormElement}; what a template defines may lack them. */
  readonly reason?: string;
  readonly words?: string;
};

export type Native = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

type Field = { name: string; element: HTMLElement };

export const SILENT_TYPES = new Set(['button', 'submit', 'reset', 'image', 'file']);
const TICKS = new Set(['checkbox', 'radio']);

export const isAnswerElement = (element: Element): element is AnswerElement => 'contribution' in element && 'saveState' in element;

export const isNative = (element: Element): element is Native =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

const takesPart = (element: Element): boolean =>
  ('formAssociated' in element.constructor && element.constructor.formAssociated === true) || ('validate' in element && typeof element.validate === 'function');

export const isForeign = (element: Element): element is Foreign =>
  element.localName === 'object-value-input' || (element.localName.includes('-') && 'value' in element && takesPart(element));

const isDisabled = (element: Element): boolean => element.matches(':disabled') || (isForeign(element) && element.hasAttribute('disabled'));

export const nameOf = (element: HTMLElement): string => ('name' in element ? String(element.name ?? '') : '') || (element.getAttribute('name') ?? '');

/** Those of the elements that are named fields. */
export function fieldsAmong(elements: Iterable<HTMLElement>): Field[] {
  return [...elements]
    .filter((element) => isAnswerElement(element) || isNative(element) || isForeign(element))
    .map((element) => ({ name: nameOf(element), element }))
    .filter((field) => field.name !== '');
}

/** Every named field of the page, in document order. */
export const fieldsOf = (page: ParentNode): Field[] => fieldsAmong(contentOf(page));

export const isTick = (element: HTMLElement): element is HTMLInputElement => element instanceof HTMLInputElement && TICKS.has(element.type);

const secrets = new WeakSet<HTMLElement>();

/** Does, or did, this field hide what is typed? A template's script may show it for a while. */
export function isSecret(element: HTMLElement): boolean {
  if ('type' in element && element.type === 'password') secrets.add(element);
  return secrets.has(element);
}

function contributionOf(element: HTMLElement): Json | undefined {
  if (isAnswerElement(element)) return element.contribution();
  if (isTick(element)) return { [element.value]: element.checked };
  if (element instanceof HTMLInputElement && SILENT_TYPES.has(element.type)) return undefined;
  if (element instanceof HTMLSelectElement && element.multiple) {
    const chosen = [...element.selectedOptions].map((option) => option.value);
    return chosen.length > 0 ? chosen : undefined;
  }
  const value = isNative(element) ? element.value : foreignValue(element);
  // "Elements with no input do not appear in the output."
  return value === '' || value === null ? undefined : value;
}

const isMergeable = (value: Json | undefined): value is { [key: string]: boolean } =>
  isJsonObject(value) && Object.values(value).every((item) => typeof item === 'boolean');

/** What an element adds to the answer itself; a second one of its kind, whose members stand there already, adds them under its name. */
const membersOf = (element: HTMLElement, value: Json): [string, Json][] =>
  isAnswerElement(element) && element.standsInAnswer && isJsonObject(value) ? Object.entries(value) : [];

/** The answer as it stands: check boxes and radio buttons of one name merge, of other repeats the last one wins. */
export const collect = (page: ParentNode): Answer => collected(fieldsOf(page));

/** The same without passwords, which have no business where drafts are kept. */
export const collectDraft = (page: ParentNode): Answer => collected(fieldsOf(page).filter(({ element }) => !isSecret(element)));

function collected(fields: readonly Field[]): Answer {
  const answer = new Map<string, Json>();
  for (const { name, element } of fields) {
    if (isDisabled(element)) continue;
    const value = contributionOf(element);
    if (value === undefined) continue;
    const earlier = answer.get(name);
    const own = membersOf(element, value).filter(([key]) => !answer.has(key));
    for (const [key, member] of own) answer.set(key, member);
    if (own.length === 0) answer.set(name, isMergeable(earlier) && isMergeable(value) ? { ...earlier, ...value } : value);
  }
  return sorted<Answer>(Object.fromEntries(answer));
}
