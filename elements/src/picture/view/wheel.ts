/** What a turn of a wheel means, or two fingers on a touch pad, which arrive as one: to zoom, or to move. Knows no DOM. */

export type WheelHabit = 'zoom' | 'scroll';

export type Turn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'timeStamp'> & {
  /** What browsers but Firefox counted in before there was `deltaY`. */
  readonly wheelDeltaY?: number;
};

/** Zoom by a factor, or move the picture by screen pixels. */
export type Meaning = { readonly factor: number } | { readonly dx: number; readonly dy: number };

/** Wheel events count in pixels, lines or pages; so many pixels is one of each. */
const WHEEL_UNIT = [1, 24, 240] as const;
/** How much a pixel of a wheel zooms, and of a pinch, whose steps are small. */
const WHEEL_SPEED = 0.0016;
const PINCH_SPEED = 0.01;
/** A notch of a wheel with Ctrl looks like a very large pinch. */
const LARGEST_PINCH = 0.25;
/** In pixels of macOS; fingers seldom go just so far. */
const NOTCH = 40;
/** Turns that follow each other so soon, in milliseconds, come from one movement of a hand. */
const RUN = 250;

export class WheelReader {
  private last = Number.NEGATIVE_INFINITY;
  private isPad = false;

  read(turn: Turn, habit: WheelHabit): Meaning {
    const unit = WHEEL_UNIT[turn.deltaMode as 0 | 1 | 2];
    const [x, y] = [turn.deltaX * unit, turn.deltaY * unit];
    this.isPad = (this.isPad && turn.timeStamp - this.last < RUN) || isFromPad(turn);
    this.last = turn.timeStamp;
    // A pinch on a touch pad arrives as a wheel with Ctrl.
    if (turn.ctrlKey || turn.metaKey) return { factor: Math.exp(Math.min(Math.max(-y * PINCH_SPEED, -LARGEST_PINCH), LARGEST_PINCH)) };
    // With Shift some browsers turn the wheel on its side themselves.
    if (turn.shiftKey) return { dx: -(x || y), dy: 0 };
    return habit === 'scroll' || this.isPad ? { dx: -x, dy: -y } : { factor: Math.exp(-y * WHEEL_SPEED) };
  }
}

/**
 * Only where it is certain: fingers go sideways too, as does a wheel that tilts, which moves the picture as well; and macOS counts
 * their old unit as three times the pixels, whole ones. Taken for fingers, a mouse could not zoom any more.
 */
function isFromPad({ deltaX, deltaY, deltaMode, shiftKey, wheelDeltaY }: Turn): boolean {
  if (deltaMode !== 0) return deltaX !== 0 && !shiftKey;
  const isWhole = Number.isInteger(deltaY) && deltaY % NOTCH !== 0;
  return (deltaX !== 0 && !shiftKey) || (isWhole && wheelDeltaY === -3 * deltaY);
}
