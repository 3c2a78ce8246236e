/**
 * The forms of a page, and what they hold. An element may bring a form of its own, in its shadow root: then it, what stands
 * inside it and what a script puts into that form are part of the answer (`a2i-facts/crowd-elements/text.md`,
 * "crowd-entity-annotation"). Inside of a crowd-form such an element is a field like any other.
 */
import type { CrowdForm } from '../crowd-form/crowd-form.ts';

const BRINGS_FORM = 'crowd-entity-annotation';

/** Elements that hand in an answer. */
export const FORMS = `crowd-form, ${BRINGS_FORM}`;

const formIn = (bringer: Element): CrowdForm | undefined => bringer.shadowRoot?.querySelector<CrowdForm>('crowd-form') ?? undefined;

/** The element that brings this form. */
export function bringerOf(form: Element): Element | undefined {
  const root = form.getRootNode();
  return root instanceof ShadowRoot && root.host.matches(BRINGS_FORM) ? root.host : undefined;
}

/** The document, or the shadow root of a template's own element, of which all forms make one answer. */
export const pageOf = (form: Element): ParentNode & Node => (bringerOf(form) ?? form).getRootNode() as Node & ParentNode;

/** The form that an element belongs to. */
export function formOf(element: Element): CrowdForm | undefined {
  const bringer = element.closest(BRINGS_FORM) ?? bringerOf(element);
  return (element.closest('crowd-form') as CrowdForm | null) ?? (bringer ? formIn(bringer) : undefined);
}

/** The forms that submit the answer, in document order. */
export const formsOf = (page: ParentNode): CrowdForm[] =>
  [...page.querySelectorAll(`crowd-form, ${BRINGS_FORM}:not(crowd-form *)`)]
    .map((element) => (element.localName === 'crowd-form' ? (element as CrowdForm) : formIn(element)))
    .filter((form) => form !== undefined);

/** Everything inside the forms of a page, in document order. */
export const contentOf = (page: ParentNode): HTMLElement[] =>
  [...page.querySelectorAll<HTMLElement>(`crowd-form *, ${BRINGS_FORM}, ${BRINGS_FORM} *`)].flatMap((element) =>
    element.matches(BRINGS_FORM) ? [element, ...(formIn(element)?.querySelectorAll<HTMLElement>('*') ?? [])] : [element],
  );
