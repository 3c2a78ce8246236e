/** Where an icon lies: the set is divided into small scripts, so that a page gets little more than it shows. Knows no DOM. */

export const SHELVES = 64;

/** The shelf of the icon with this name. */
export const shelfOf = (name: string): number => [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % SHELVES;
