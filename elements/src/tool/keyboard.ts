/**
 * Listens for the keys of a tool.
 *
 * Keys work wherever the focus is, so that nobody has to click the stage first, except while it is in something
 * that needs the key itself: a field in which one types, a list, a slider of the page, a button, a dialog. A box to tick
 * needs only its own keys, so that whoever has ticked one goes on without a click.
 */
import { isOnlyLooking } from '../base/only-looking.ts';
import { isPartKey, stepPart } from './parts.ts';
import { isPlain, isShortcut, type Hint, type Shortcut } from './shortcuts.ts';
import type { Stage } from './stage.ts';

const FIELD = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=image]), textarea, select';
const TYPING = 'input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit], [type=color]), textarea, select';
/** Whatever is in one of these, also through shadow roots, is somebody else's. */
const ELSEWHERE = 'dialog, [contenteditable]:not([contenteditable=false])';
/** Keys that a focused control needs itself, by what kind of control it is. */
const NEEDED: readonly (readonly [string, RegExp])[] = [
  ['button, a[href], summary, awsui-button', /^( |Enter)$/],
  ['input, audio, video, [role=option]', /^( |Enter|Arrow.*)$/],
];

/** The tools of the page. */
const tools = new Set<Element>();

const isBefore = (a: Element, b: Element): boolean => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** Keys that scripts press may have none. */
const placeOf = ({ code, key }: KeyboardEvent): string => code || key;

/** What the keys of a tool work on beside its shortcuts. */
export type KeyTarget = Pick<Stage, 'isFocus' | 'step' | 'escape' | 'aim'>;

export class Keyboard {
  /** What the keys that are down have run, by their place: with Shift, a key that comes up may have another name. */
  private readonly held = new Map<string, Shortcut>();

  constructor(
    private readonly tool: HTMLElement,
    private readonly target: KeyTarget,
    private readonly keys: () => readonly Hint[],
  ) {}

  connect(): void {
    tools.add(this.tool);
    document.addEventListener('keydown', this.onKeyDown);
    document.addEventListener('keyup', this.onKeyUp);
    window.addEventListener('blur', this.onBlur);
  }

  disconnect(): void {
    tools.delete(this.tool);
    document.removeEventListener('keydown', this.onKeyDown);
    document.removeEventListener('keyup', this.onKeyUp);
    window.removeEventListener('blur', this.onBlur);
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    // A browser that fills in a field sends keys without a name.
    if (!event.key || event.defaultPrevented || !(target instanceof Element)) return;
    if (isPartKey(event) && this.isNear(event) && stepPart(this.tool.shadowRoot, event.shiftKey ? -1 : 1)) event.preventDefault();
    if (event.defaultPrevented || !this.concerns(target, event)) return;
    if (this.handle(event, this.target.isFocus(target))) event.preventDefault();
  };

  private readonly onKeyUp = (event: KeyboardEvent): void => {
    this.held.get(placeOf(event))?.released?.(event);
    this.held.delete(placeOf(event));
  };

  private readonly onBlur = (): void => {
    for (const shortcut of this.held.values()) shortcut.released?.();
    this.held.clear();
  };

  private concerns(target: Element, event: KeyboardEvent): boolean {
    if (target.matches(this.isOwn(target) ? TYPING : FIELD)) return false;
    if (isPlain(event) && NEEDED.some(([control, keys]) => target.matches(control) && keys.test(event.key))) return false;
    return this.isNear(event);
  }

  /** Is it pressed in this tool, or where no other one is nearer? */
  private isNear(event: KeyboardEvent): boolean {
    if (this.tool.matches(':disabled')) return false;
    if (event.composedPath().some((node) => node instanceof Element && node.matches(ELSEWHERE))) return false;
    // With several tools on a page, one that has the focus inside it comes first, else the first of them.
    if (event.composedPath().includes(this.tool)) return true;
    return ![...tools].some((tool) => tool !== this.tool && (isBefore(tool, this.tool) || tool.matches(':focus-within')));
  }

  /** Is this a part of the tool, not of what a template puts into it? */
  private isOwn(target: Element): boolean {
    return target.getRootNode() === this.tool.shadowRoot;
  }

  /** True when the key did something. */
  private handle(event: KeyboardEvent, isOnStage: boolean): boolean {
    if (isOnlyLooking()) return this.run(event, ({ looks }) => looks === true);
    if (event.key === 'Escape') return this.target.escape();
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) return isOnStage && this.target.step(event.shiftKey ? -1 : 1);
    return this.run(event, () => true);
  }

  private run(event: KeyboardEvent, isMeant: (shortcut: Shortcut) => boolean): boolean {
    const shortcut = this.keys().filter(isShortcut).find((shortcut) => isMeant(shortcut) && shortcut.matches(event));
    if (!shortcut) return false;
    this.held.set(placeOf(event), shortcut);
    if (shortcut.aims) this.target.aim?.();
    shortcut.run(event);
    return true;
  }
}
