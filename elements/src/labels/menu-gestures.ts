/** Asks for the menu of labels: a click with the right button, or a finger that rests. Also knows where the pointer is, for the key. */
import { distance, type Point } from '../base/geometry.ts';
import type { Asking } from '../tool/aiming.ts';

/** A finger that stays this long where it is asks for the menu, in milliseconds. */
const HOLD = 500;
/** A finger that moves less than this rests, in CSS pixels. */
const SHAKE = 10;

const placeOf = ({ clientX, clientY }: MouseEvent): Point => ({ x: clientX, y: clientY });

export class MenuGestures {
  /** Where a mouse or a pen is in the window, while it is over the stage. */
  pointer: Point | undefined;
  private surface: HTMLElement | undefined;
  private press: { readonly place: Point; readonly timer: number } | undefined;
  /** The finger that is down has asked: what the browser makes of it too is no second time. */
  private hasAsked = false;

  /** `ask` answers whether the menu opens. */
  constructor(private readonly ask: (place: Point | undefined, asking: Asking) => boolean) {}

  attach(surface: HTMLElement): void {
    this.surface = surface;
    surface.addEventListener('pointerdown', this.onDown);
    surface.addEventListener('pointermove', this.onMove);
    surface.addEventListener('pointerup', this.onEnd);
    surface.addEventListener('pointercancel', this.onEnd);
    surface.addEventListener('pointerleave', () => (this.pointer = undefined));
    surface.addEventListener('touchend', this.onTouchEnd);
  }

  connect(): void {
    // At the end of its way: a template that has a menu of its own here has prevented it by then.
    window.addEventListener('contextmenu', this.onContextMenu);
  }

  disconnect(): void {
    window.removeEventListener('contextmenu', this.onContextMenu);
    this.rest();
  }

  private rest(): void {
    clearTimeout(this.press?.timer);
    this.press = undefined;
  }

  private readonly onDown = (event: PointerEvent): void => {
    this.rest();
    this.hasAsked = false;
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    const place = placeOf(event);
    const timer = window.setTimeout(() => {
      this.press = undefined;
      this.hasAsked = this.ask(place, 'hold');
    }, HOLD);
    this.press = { place, timer };
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.pointer = placeOf(event);
    else if (this.press && distance(this.press.place, placeOf(event)) > SHAKE) this.rest();
  };

  private readonly onEnd = (): void => this.rest();

  /** Some browsers would now click where the finger was: that would take the focus from the menu, and close it. */
  private readonly onTouchEnd = (event: TouchEvent): void => {
    if (this.hasAsked && event.cancelable) event.preventDefault();
  };

  private readonly onContextMenu = (event: MouseEvent): void => {
    if (event.defaultPrevented || !this.surface || !event.composedPath().includes(this.surface)) return;
    const { pointerType } = event as Partial<PointerEvent>;
    this.rest();
    const opens = this.hasAsked || (pointerType === '' && !event.ctrlKey ? this.ask(this.pointer, 'key') : this.ask(placeOf(event), pointerType === 'touch' ? 'hold' : 'click'));
    if (opens) event.preventDefault();
  };
}
