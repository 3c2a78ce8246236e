/** Attributes that count something: a text that is no count, as Liquid prints for a missing value, is no attribute. */

/** A whole number from 0 on, or null. */
export const countOrNone = (text: string | null): number | null => (text !== null && /^\s*\d+\s*$/.test(text) ? Number(text) : null);
