/** Colours of a mask, which tell its regions apart and so must all be different. Knows no DOM. */
import { colorAt } from '../labels/palette.ts';
import type { Rgba } from './png/write.ts';

/** `#rrggbb` of such a text or of `#rgb`, in the case that it has; undefined for any other text. */
export function readColor(text: string): string | undefined {
  const digits = /^\s*#([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text)?.[1];
  return digits === undefined ? undefined : `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}

/** The number 0xrrggbb of a colour, as {@link readColor} reads it. */
export function colorNumber(text: string): number | undefined {
  const color = readColor(text);
  return color === undefined ? undefined : Number.parseInt(color.slice(1), 16);
}

export const rgbaOf = (color: string): Rgba => {
  const number = colorNumber(color) ?? 0;
  return [number >> 16, (number >> 8) & 255, number & 255, 255];
};

/** So many colours of the palette are told apart; it would come back to the same ones. */
const PALETTE = 512;
/** Times an odd number, no two positions come to the same of all colours. */
const SCATTER = 0x9e3779;

/** The palette's colour of a position; of one far behind, any that no other position has. */
const colorFor = (position: number): string =>
  position < PALETTE ? colorAt(position) : `#${((position * SCATTER) % 0x1000000).toString(16).padStart(6, '0')}`;

/** Gives out colours that nobody has yet: the palette's, in its order, from a position on. */
export class FreeColors {
  private readonly taken = new Set<number>();

  /** False where somebody has it already, or it is none. */
  take(color: string): boolean {
    const number = colorNumber(color);
    if (number === undefined || this.taken.has(number)) return false;
    this.taken.add(number);
    return true;
  }

  next(position: number): string {
    for (let place = position; ; place++) {
      const color = colorFor(place);
      if (this.take(color)) return color;
    }
  }
}

/** A colour for each position: the one that is wanted where it is a colour and no earlier one has it, else a free one. */
export function distinct(wanted: readonly (string | undefined)[]): string[] {
  const free = new FreeColors();
  const kept = wanted.map((color) => (color !== undefined && free.take(color) ? readColor(color) : undefined));
  return kept.map((color, position) => color ?? free.next(position));
}
