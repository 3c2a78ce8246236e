/**
 * Tells when an element's size has changed, in the next frame.
 *
 * Acting in a ResizeObserver's own call changes sizes again before the frame is done; browsers report that as an error,
 * which reaches the `window.onerror` of templates.
 */
export function afterResize(element: Element, act: () => void): void {
  let frame = 0;
  new ResizeObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      act();
    });
  }).observe(element);
}
