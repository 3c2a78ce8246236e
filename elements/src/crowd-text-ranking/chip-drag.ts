/** Drags a chip with a mouse, a pen or a finger to what is marked as a target, and drops it there. */
import { capture } from '../base/capture.ts';

/** A pointer that moves less than this has clicked, in CSS pixels. */
const SLOP = 6;

type Drag = { readonly chip: HTMLElement; readonly x: number; readonly y: number; target: HTMLElement | undefined; isMoving: boolean };

export class ChipDrag {
  private drag: Drag | undefined;

  /** Targets have the class `lane`; `drop` takes a chip and the one that it was let go over. */
  constructor(private readonly drop: (chip: HTMLElement, lane: HTMLElement) => void) {}

  readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const chip = event.currentTarget as HTMLElement;
    capture(chip, event);
    this.drag = { chip, x: event.clientX, y: event.clientY, target: undefined, isMoving: false };
  };

  readonly onMove = ({ clientX, clientY }: PointerEvent): void => {
    const { drag } = this;
    if (!drag) return;
    const [dx, dy] = [clientX - drag.x, clientY - drag.y];
    drag.isMoving ||= Math.hypot(dx, dy) > SLOP;
    if (!drag.isMoving) return;
    drag.chip.classList.add('dragged');
    drag.chip.style.translate = `${dx}px ${dy}px`;
    this.over(laneAt(drag.chip, clientX, clientY));
  };

  readonly onUp = (): void => {
    const { drag } = this;
    const target = drag?.target;
    this.cancel();
    if (!drag?.isMoving) return;
    // The click that follows is no choice of the chip.
    drag.chip.addEventListener('click', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    if (target) this.drop(drag.chip, target);
  };

  readonly cancel = (): void => {
    const { drag } = this;
    this.over(undefined);
    this.drag = undefined;
    drag?.chip.classList.remove('dragged');
    drag?.chip.style.removeProperty('translate');
  };

  private over(target: HTMLElement | undefined): void {
    if (!this.drag || this.drag.target === target) return;
    this.drag.target?.classList.remove('over');
    target?.classList.add('over');
    this.drag.target = target;
  }
}

/** The lane under a point, of the same board as the chip. */
function laneAt(chip: HTMLElement, x: number, y: number): HTMLElement | undefined {
  const root = chip.getRootNode() as ShadowRoot;
  const lane = root.elementsFromPoint(x, y).find((element) => element.matches('.lane'));
  return lane && lane.closest('.board') === chip.closest('.board') ? (lane as HTMLElement) : undefined;
}
