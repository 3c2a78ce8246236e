/** Shows what hides a field: a tab that is not in front, a dialog or a fold that is closed. */

/** An element that can bring what it holds to the worker's eyes, at once. */
export interface Reveals {
  reveal(): void;
}

const reveals = (element: Element): element is Element & Reveals => 'reveal' in element && typeof element.reveal === 'function';

export function reveal(field: Element): void {
  for (let element = field.parentElement; element !== null; element = element.parentElement) {
    if (reveals(element)) element.reveal();
    else if (element instanceof HTMLDetailsElement) element.open = true;
  }
}
