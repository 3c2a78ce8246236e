/** A range of which one end is moved by the keyboard. Knows no DOM. */
import type { Range } from './source-text.ts';
import type { Stops } from './stops.ts';

export type Moving = 'start' | 'end';

/** A range, empty where it is only a place, and the end of it that moves. */
export type Extent = Range & { readonly moving: Moving };

/** The range with its moving end at the next stop; where nothing would be left of it, the other end moves on from there. */
export function extended(extent: Extent, step: 1 | -1, stops: Stops): Extent {
  const { start, end, moving } = extent;
  if (moving === 'end') {
    const moved = stops.end(end, step);
    if (moved !== undefined && moved > start) return { ...extent, end: moved };
    return step === 1 ? extent : extended({ ...extent, moving: 'start' }, step, stops);
  }
  const moved = stops.start(start, step);
  if (moved !== undefined && moved < end) return { ...extent, start: moved };
  return step === -1 ? extent : extended({ ...extent, moving: 'end' }, step, stops);
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const STRONG = /\p{L}/u;

export const isRightToLeft = (character: string): boolean => RIGHT_TO_LEFT.test(character);

/** Does the line around this unit read from right to left? Its first letter says so, as in browsers (`unicode-bidi: plaintext`). */
export function readsRightToLeft(text: string, unit: number): boolean {
  const start = text.lastIndexOf('\n', unit - 1) + 1;
  const end = text.indexOf('\n', start);
  const letter = STRONG.exec(text.slice(start, end === -1 ? undefined : end));
  return letter !== null && isRightToLeft(letter[0]);
}
