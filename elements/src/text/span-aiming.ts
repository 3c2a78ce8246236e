/** Which span, or which words, a label is for that is chosen at a place of the text. */
import type { Point } from '../base/geometry.ts';
import { aimWords, type Aim, type Aiming, type Asking } from '../tool/aiming.ts';
import type { Noun } from '../tool/stage.ts';
import type { TextView } from './text-view.ts';
import type { TextWork } from './text-work.ts';

export class SpanAiming implements Aiming {
  // A finger that rests on a text selects a word of it.
  readonly gestures = ['Right click'];

  constructor(
    private readonly noun: Noun,
    private readonly work: TextWork,
    private readonly view: () => TextView | undefined,
  ) {}

  /** Where there is neither a span nor what could become one, a right click opens the browser's own menu. */
  at(place: Point | undefined, asking: Asking): Aim | undefined {
    const { work } = this;
    const view = this.view();
    if (!view || asking === 'hold') return undefined;
    const isSelected = asking === 'key' && work.selected !== undefined;
    const under = place && !isSelected && !work.highlighted ? work.spansAt(view.unitAt(place))[0] : undefined;
    if (under) {
      work.select(under.id);
      work.notify();
    }
    const range = work.highlighted ?? (work.selected && work.rangeOf(work.selected));
    if (!range && asking === 'click') return undefined;
    return { place: place ?? placeOf(view, range), words: work.highlighted ? 'Label of what is highlighted' : aimWords(this.noun.singular, range !== undefined) };
  }
}

function placeOf(view: TextView, range: { start: number; end: number } | undefined): Point {
  const outer = view.container.getBoundingClientRect();
  if (!range) return { x: outer.left + outer.width / 3, y: outer.top + outer.height / 4 };
  const { left, bottom } = view.domRange(range).getBoundingClientRect();
  return { x: left, y: Math.min(Math.max(bottom, outer.top), outer.bottom) };
}
