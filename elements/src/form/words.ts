/** The words by which a worker knows a native control or a group of them. */
import type { Native } from './fields.ts';

const plain = (text: string | null | undefined): string => text?.replace(/\s+/g, ' ').trim() ?? '';

/** The words of a label, without those that a control inside it holds: the options of a list, the text in a box. */
function labelOf(control: Native): string {
  const label = control.labels?.[0]?.cloneNode(true) as Element | undefined;
  for (const inner of label?.querySelectorAll('select, textarea, button, datalist') ?? []) inner.remove();
  return plain(label?.textContent);
}

const textOf = (ids: string | null): string =>
  plain(ids?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' '));

/** A control's label, its placeholder, or its name. */
export const wordsFor = (control: Native): string =>
  plain(control.getAttribute('aria-label')) ||
  textOf(control.getAttribute('aria-labelledby')) ||
  labelOf(control) ||
  plain(control.getAttribute('placeholder')) ||
  control.name ||
  'A field';

const GROUPS = 'fieldset, [role=radiogroup], [role=group]';

const isAbout = (group: Element, name: string): boolean =>
  [...group.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')].every((tick) => tick.name === name);

/** What stands around the members and around no other question: its legend, its label, or the name that they share. */
export function nameOfGroup(member: HTMLInputElement): string {
  const group = member.closest(GROUPS);
  if (!group || !isAbout(group, member.name)) return member.name;
  return (
    plain(group.querySelector(':scope > legend')?.textContent) ||
    plain(group.getAttribute('aria-label')) ||
    textOf(group.getAttribute('aria-labelledby')) ||
    member.name
  );
}
