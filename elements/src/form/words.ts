/** The words by which a worker knows a field or a group of fields: label, `aria-label`, legend, placeholder, name, whichever is first. */
import { fieldsAmong, isAnswerElement, nameOf } from './fields.ts';

/** More than this is no name any more. In characters. */
const LONGEST = 120;

export function plain(text: string | null | undefined): string {
  const words = text?.replace(/\s+/g, ' ').trim() ?? '';
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

/** The words of a label, without those that a control inside it holds: the options of a list, the text in a box. */
function textOfLabel(label: Element | undefined): string {
  const copy = label?.cloneNode(true) as Element | undefined;
  for (const inner of copy?.querySelectorAll('select, textarea, button, datalist, secondlook-message') ?? []) inner.remove();
  return plain(copy?.textContent);
}

/** The words of the labels that a page gives this control; `labels` as the control knows them. */
export const labelOf = ({ labels }: { readonly labels?: NodeList | null }): string => textOfLabel(labels?.[0] as Element | undefined);

const textOf = (ids: string | null): string =>
  plain(ids?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' '));

const ariaOf = (element: Element): string => plain(element.getAttribute('aria-label')) || textOf(element.getAttribute('aria-labelledby'));

const GROUPS = 'fieldset, [role=radiogroup], [role=group]';

/** What stands around the field and around no other question. */
export function groupAround(field: HTMLElement): Element | undefined {
  const group = field.closest(GROUPS);
  const isAlone = group !== null && fieldsAmong(group.querySelectorAll<HTMLElement>('*')).every(({ name }) => name === nameOf(field));
  return isAlone ? group : undefined;
}

const legendOf = (group: Element | undefined): string => plain(group?.querySelector(':scope > legend')?.textContent);

/** What a field is called. */
export function wordsFor(field: HTMLElement): string {
  return (
    (isAnswerElement(field) ? (field.words ?? '') : labelOf(field as { labels?: NodeList })) ||
    ariaOf(field) ||
    legendOf(groupAround(field)) ||
    plain(field.getAttribute('placeholder')) ||
    plain(nameOf(field)) ||
    'A field'
  );
}

/** What the question is called that radio buttons or boxes of one name answer together; never the words of one of them. */
export function nameOfGroup(member: HTMLElement): string {
  const group = groupAround(member);
  return (group && (ariaOf(group) || legendOf(group))) || plain(nameOf(member));
}
