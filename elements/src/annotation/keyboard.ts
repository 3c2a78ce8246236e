/**
 * Listens for the keys of an image tool.
 *
 * Keys work wherever the focus is, so that nobody has to click the picture first, except while it is in something
 * that needs the key itself: a text field, a list, a button, a dialog.
 */
import type { Commands } from './commands.ts';
import { isPlain, keymap, type Shortcut } from './keymap.ts';
import type { Shape } from './model/annotations.ts';
import type { Pointer } from './pointer.ts';

export interface KeyboardOwner extends HTMLElement {
  readonly surfaceElement: HTMLElement;
  readonly pointer: Pointer | undefined;
  showHelp(): void;
  focusSearch(): void;
}

const TYPING = 'input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit], [type=color]), textarea, select, [contenteditable=""], [contenteditable=true]';
/** Keys that a focused control needs itself, by what kind of control it is. */
const NEEDED: readonly (readonly [string, RegExp])[] = [
  ['button, a[href], summary, awsui-button', /^( |Enter)$/],
  ['input, audio, video, [role=option]', /^( |Enter|Arrow.*)$/],
];

export class Keyboard {
  private readonly shortcuts: readonly Shortcut[];
  /** Escape was pressed with nothing to let go of: the next Tab leaves the picture. */
  private leaving = false;

  constructor(
    private readonly owner: KeyboardOwner,
    private readonly commands: Commands<Shape>,
    noun: string,
  ) {
    this.shortcuts = keymap(noun);
  }

  connect(): void {
    document.addEventListener('keydown', this.onKeyDown);
    document.addEventListener('keyup', this.onKeyUp);
    window.addEventListener('blur', this.onBlur);
  }

  disconnect(): void {
    document.removeEventListener('keydown', this.onKeyDown);
    document.removeEventListener('keyup', this.onKeyUp);
    window.removeEventListener('blur', this.onBlur);
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (event.defaultPrevented || !(target instanceof Element) || !this.concerns(target, event)) return;
    if (this.handle(event, target === this.owner.surfaceElement)) event.preventDefault();
  };

  private readonly onKeyUp = (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) this.commands.endRun();
    if (event.key === ' ') this.setPanning(false);
  };

  private readonly onBlur = (): void => void this.setPanning(false);

  private concerns(target: Element, event: KeyboardEvent): boolean {
    if (this.owner.matches(':disabled') || target.matches(TYPING) || target.closest('dialog, [contenteditable]')) return false;
    if (isPlain(event) && NEEDED.some(([control, keys]) => target.matches(control) && keys.test(event.key))) return false;
    // With several tools on a page, one that has the focus inside it comes first, else the first of them.
    const isInside = event.composedPath().includes(this.owner);
    const tools = [...document.querySelectorAll(this.owner.localName)];
    return isInside || (tools[0] === this.owner && !tools.some((tool) => tool.matches(':focus-within')));
  }

  /** True when the key did something. */
  private handle(event: KeyboardEvent, isOnPicture: boolean): boolean {
    const isLeaving = this.leaving;
    if (event.key !== 'Shift') this.leaving = false;
    if (event.key === 'Escape') {
      const didSomething = this.commands.escape();
      this.leaving = !didSomething;
      return didSomething;
    }
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) return isOnPicture && !isLeaving && this.commands.step(event.shiftKey ? -1 : 1);
    if (event.key === ' ' && isPlain(event)) return this.setPanning(true);
    if (event.key === '?' && isPlain(event)) return this.owner.showHelp(), true;
    if (event.key === '/' && isPlain(event)) return this.owner.focusSearch(), true;
    const shortcut = this.shortcuts.find(({ matches }) => matches(event));
    shortcut?.run(this.commands, event);
    return shortcut !== undefined;
  }

  private setPanning(panning: boolean): boolean {
    const { pointer, surfaceElement } = this.owner;
    if (!pointer) return false;
    pointer.panning = panning;
    surfaceElement.style.cursor = panning ? 'grab' : '';
    return true;
  }
}
