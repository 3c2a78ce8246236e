/** One short sentence about what was just done; it goes by itself and is read aloud politely. */

const SHOWN_FOR = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function toast(text: string): void {
  const place = document.querySelector<HTMLElement>('#toast')!;
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.classList.remove('shown');
    place.textContent = '';
  }, SHOWN_FOR);
}
