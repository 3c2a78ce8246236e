/** Has `element` hear of the pointer of `event` wherever it goes. */
export function capture(element: Element, { pointerId }: PointerEvent): void {
  try {
    element.setPointerCapture(pointerId);
  } catch {
    // Of a pointer that is up again, or that a script has made up, nobody hears from elsewhere.
  }
}
