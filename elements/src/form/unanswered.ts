/** Named fields that add nothing to the answer: who wrote the template, and who fills them in, should know before it is lost. */
import { fieldsAmong, fieldsOf, SILENT_TYPES } from './fields.ts';
import { contentOf, formsOf } from './page-forms.ts';

const isOfType = (element: HTMLElement, isMeant: (type: string) => boolean): boolean => 'type' in element && isMeant(String(element.type));

/** A sentence for each such field of a page that has a form. */
export function unanswered(page: ParentNode): string[] {
  if (formsOf(page).length === 0) return [];
  const content = new Set(contentOf(page));
  const files = fieldsOf(page).filter(({ element }) => isOfType(element, (type) => type === 'file'));
  const outside = fieldsAmong(page.querySelectorAll<HTMLElement>('[name]')).filter(
    ({ element }) => !content.has(element) && !isOfType(element, (type) => type !== 'file' && SILENT_TYPES.has(type)),
  );
  return [
    ...files.map(({ name }) => `The field "${name}" gives no answer: a file that is chosen there is not sent.`),
    ...outside.map(({ name }) => `The field "${name}" gives no answer, because it stands outside crowd-form: what is entered there is not sent.`),
  ];
}
