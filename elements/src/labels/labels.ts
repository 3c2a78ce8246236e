/** How labels are chosen by key, found by search, and shortened on a tag. Knows no DOM. */

/** The key for the label at this position (0-based): 1 to 9, then 0; later ones have none. */
export const keyAt = (position: number): string | undefined => (position < 9 ? String(position + 1) : position === 9 ? '0' : undefined);

/** The position (0-based) that a digit key stands for. */
export const positionOf = (digit: string): number => (digit === '0' ? 9 : Number(digit) - 1);

/** A label that is longer than this as its beginning. */
export const beginning = (label: string, letters: number): string =>
  label.length > letters ? `${[...label].slice(0, letters).join('').trimEnd()}…` : label;

/** Without case and accents. */
export const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Does the label hold what was typed, whatever the case and the accents? */
export const matches = (label: string, query: string): boolean => query === '' || plain(label).includes(plain(query.trim()));

/** A label by its name, as the list shows it, and its position there. */
export type Listed = { readonly label: string; readonly full: string; readonly position: number };

/** Those of the labels that match, each once, the first so many of them and in any case the chosen one; and how many that leaves out. */
export function listed(labels: readonly { name: string; full: string }[], query: string, chosen: string, most: number): { shown: Listed[]; left: number } {
  const once = new Set<string>();
  const found = labels
    .map(({ name, full }, position) => ({ label: name, full, position }))
    .filter(({ label, full }) => matches(full, query) && !once.has(label) && once.add(label));
  const shown = found.filter(({ label }, index) => index < most || label === chosen);
  return { shown, left: found.length - shown.length };
}

/** A score in 0..1, or a percentage in 1..100 as some models give it, as a share of one. */
export const share = (score: number): number => (score <= 1 ? score : score / 100);

/** The same as a whole percentage. */
export const percentage = (score: number): string => `${Math.round(share(score) * 100)}%`;
