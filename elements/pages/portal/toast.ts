/** One short sentence about what was just done, with at most one thing to press; it goes by itself and is read aloud politely. */

const SHOWN_FOR = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** `shownFor` milliseconds. */
export function toast(text: string, button?: HTMLButtonElement, shownFor = SHOWN_FOR): void {
  const place = document.querySelector<HTMLElement>('#toast')!;
  place.replaceChildren(text, ...(button ? [button] : []));
  place.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(hideToast, shownFor);
}

export function hideToast(): void {
  const place = document.querySelector<HTMLElement>('#toast')!;
  place.classList.remove('shown');
  place.replaceChildren();
}
