/**
 * Tells the palm of the hand that holds a pen from a finger: while a pen is near, and for a moment after, touches are the
 * palm's. Knows no DOM.
 */

/** For so many milliseconds after the pen was seen last. */
const MOMENT = 1000;

type Pointed = { readonly pointerId: number; readonly pointerType: string; readonly timeStamp: number };

export class Palms {
  private seen = Number.NEGATIVE_INFINITY;
  private readonly touches = new Set<number>();

  /** A pen is near. */
  note({ pointerType, timeStamp }: Pointed): void {
    if (pointerType === 'pen') this.seen = timeStamp;
  }

  /** Is this touch a palm's? */
  isPalm({ pointerId, pointerType, timeStamp }: Pointed): boolean {
    if (pointerType !== 'touch') return false;
    if (timeStamp - this.seen < MOMENT) return true;
    this.touches.add(pointerId);
    return false;
  }

  /** The touches that are down, where a pen comes now: they have been a palm's all the time. */
  unmask({ pointerType }: Pointed): readonly number[] {
    if (pointerType !== 'pen') return [];
    const palms = [...this.touches];
    this.touches.clear();
    return palms;
  }

  /** A pointer has left. */
  lifted({ pointerId }: Pointed): void {
    this.touches.delete(pointerId);
  }
}
