/**
 * A page that somebody only looks at: what they submitted before. They may scroll, move and zoom pictures, turn pages, open tabs and
 * instructions, play and copy; nothing that they do reaches what would change the answer.
 *
 * A list of what changes something could not be complete, as templates bring controls of their own. So every press is held back, but
 * for those on what is for looking.
 */

/** What is for looking; elements mark such parts of theirs with `data-looks`. */
const LOOKS = 'a[href], summary, audio, video, secondlook-pdf, [role=tab], [data-looks]';

/** Controls that write nothing when they are pressed: their text can be selected. */
const TEXT = 'textarea, input:not([type]), input:is([type=text], [type=search], [type=url], [type=tel], [type=email])';
const CONTROL = 'input, select, textarea, button, label, option';

const PRESSES = ['pointerdown', 'mousedown', 'touchstart', 'click', 'dblclick', 'keydown', 'keyup'] as const;
/** What changes a text, however it comes about. */
const EDITS = ['beforeinput', 'paste', 'cut', 'drop', 'dragstart'] as const;

/** Keys that lead through a page; those of pictures and texts that only change what is seen are told apart by their tool. */
const MOVES = /^(Tab|Escape|Page(Up|Down)|Home|End|Arrow.*)$/;
const VIEW_KEYS = /^[-+=_fr?zch]$/i;

let onlyLooks = false;

/** Does somebody only look at this page? */
export const isOnlyLooking = (): boolean => onlyLooks;

export function onlyLook(page: Window): void {
  if (onlyLooks) return;
  onlyLooks = true;
  for (const kind of EDITS) page.addEventListener(kind, holdBack, { capture: true });
  for (const kind of PRESSES) page.addEventListener(kind, guard, { capture: true, passive: false });
  page.addEventListener('wheel', keepNumber, { capture: true, passive: false });
}

function guard(event: Event): void {
  const path = event.composedPath().filter((node) => node instanceof Element);
  if (path.some((element) => element.matches(LOOKS))) return;
  if (event instanceof KeyboardEvent && isLookingKey(event, path)) return;
  event.stopImmediatePropagation();
  if (event.type === 'click' || event.type === 'keydown' ? !isMove(event, path) : isWorked(path)) event.preventDefault();
}

/** Keys of the page that a tool hears of: it takes those of its view only. */
const isLookingKey = ({ key, type }: KeyboardEvent, path: readonly Element[]): boolean => (type === 'keyup' || VIEW_KEYS.test(key)) && !path[0]?.matches(CONTROL);

/** Is it the browser's own way through the page, or through a text? */
const isMove = (event: Event, path: readonly Element[]): boolean =>
  event instanceof KeyboardEvent &&
  (event.key === 'Tab' || event.ctrlKey || event.metaKey || (MOVES.test(event.key) && (path[0]?.matches(TEXT) || !path[0]?.matches(CONTROL))));

/** Would the browser itself change the control that is pressed? */
const isWorked = ([target]: readonly Element[]): boolean => target?.matches(CONTROL) === true && !target.matches(TEXT);

function holdBack(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

/** A wheel over a number that has the focus would count it. */
function keepNumber(event: Event): void {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement && target.matches(':focus[type=number]')) event.preventDefault();
}
