/** The scale of a slider, and what an attribute of it says. Knows no DOM. */

export type Scale = { readonly min: number; readonly max: number; readonly step: number };

/** The number that a text spells; undefined where it spells none, as where Liquid has printed a missing value. */
export function numberOf(text: unknown): number | undefined {
  const number = typeof text === 'string' && text.trim() === '' ? Number.NaN : Number(text ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** The scale between the attributes; what they do not say is 0 to 100 in steps of 1. */
export function scaleOf(min: unknown, max: unknown, step: unknown): Scale {
  const least = numberOf(min) ?? 0;
  const width = numberOf(step) ?? 1;
  return { min: least, max: Math.max(least, numberOf(max) ?? 100), step: width > 0 ? width : 1 };
}

/** The value, or the nearest one that the scale has room for. */
export const within = ({ min, max }: Scale, value: number): number => Math.min(max, Math.max(min, value));

/** How much of the scale lies before the value, from 0 to 1. */
export const shareOf = (scale: Scale, value: number): number =>
  scale.max === scale.min ? 0 : (within(scale, value) - scale.min) / (scale.max - scale.min);
