/**
 * The forms of a page, and what they hold. An element may bring a form of its own, in its shadow root: then it, what stands
 * inside it and what a script puts into that form are part of the answer (`a2i-facts/crowd-elements/text.md`,
 * "crowd-entity-annotation"). Inside of a crowd-form such an element is a field like any other.
 */

/** What others may ask of a form. */
export type PageForm = HTMLElement & {
  /** HTML's own form, which holds the fields. */
  readonly form: HTMLFormElement;
  submit(submitter?: HTMLElement): void;
  reset(): void;
};

const BRINGS_FORM = 'crowd-entity-annotation';

/** Elements that hand in an answer. */
export const FORMS = `crowd-form, ${BRINGS_FORM}`;

const formIn = <F extends PageForm>(bringer: Element): F | undefined => bringer.shadowRoot?.querySelector<F>('crowd-form') ?? undefined;

/** The element that brings this form. */
export function bringerOf(form: Element): Element | undefined {
  const root = form.getRootNode();
  return root instanceof ShadowRoot && root.host.matches(BRINGS_FORM) ? root.host : undefined;
}

/** The document, or the shadow root of a template's own element, of which all forms make one answer. */
export const pageOf = (form: Element): ParentNode & Node => (bringerOf(form) ?? form).getRootNode() as Node & ParentNode;

/** The form that an element belongs to. */
export function formOf(element: Element): PageForm | undefined {
  const bringer = element.closest(BRINGS_FORM) ?? bringerOf(element);
  return (element.closest('crowd-form') as PageForm | null) ?? (bringer ? formIn(bringer) : undefined);
}

/** The forms that submit the answer, in document order. */
export const formsOf = <F extends PageForm = PageForm>(page: ParentNode): F[] =>
  [...page.querySelectorAll(`crowd-form, ${BRINGS_FORM}:not(crowd-form *)`)]
    .map((element) => (element.localName === 'crowd-form' ? (element as F) : formIn<F>(element)))
    .filter((form) => form !== undefined);

/** Everything inside the forms of a page, in document order. */
export const contentOf = (page: ParentNode): HTMLElement[] =>
  [...page.querySelectorAll<HTMLElement>(`crowd-form *, ${BRINGS_FORM}, ${BRINGS_FORM} *`)].flatMap((element) =>
    element.matches(BRINGS_FORM) ? [element, ...(formIn(element)?.querySelectorAll<HTMLElement>('*') ?? [])] : [element],
  );
