/** An answer can be taken back for a while: the button for it says how long still, and goes when that is over. */

/** Where a button stands that goes by itself: `left` says the time, outside of what is read aloud. */
type Offer = { until: number; now: () => number; left: Element; over: () => void };

const EVERY = 250;

/** `(8 s)`, the last second being one. Both in milliseconds since 1970. */
export const reading = (until: number, now: number): string => `(${Math.ceil((until - now) / 1000)} s)`;

/** A button that takes an answer back. */
export function undoButton(until: number, now: () => number, act: () => void): HTMLButtonElement {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: 'Undo ' });
  const left = button.appendChild(document.createElement('span'));
  left.ariaHidden = 'true';
  button.addEventListener('click', () => {
    button.disabled = true;
    act();
  });
  count({ until, now, left, over: () => button.remove() });
  return button;
}

/** The forms of the server that do the same. */
export function countUndoForms(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>('form.undo')) {
    const { until, now } = form.dataset as { until: string; now: string };
    const ahead = Date.parse(now) - Date.now();
    count({ until: Date.parse(until), now: () => Date.now() + ahead, left: form.querySelector('.left')!, over: () => form.remove() });
  }
}

function count({ until, now, left, over }: Offer): void {
  const tick = () => {
    if (now() < until) left.textContent = reading(until, now());
    else {
      clearInterval(timer);
      over();
    }
  };
  const timer = setInterval(tick, EVERY);
  tick();
}
