/** In which order predictions are looked at: those first of which the model was least sure. Knows no DOM. */
import { centre, type Rect } from '../../base/geometry.ts';
import { share } from '../../labels/labels.ts';

export type Doubted = { readonly id: number; readonly score?: number | undefined; readonly bounds: Rect };

/** What lies within this part of the height of all is in one line at least. */
const LINE = 1 / 24;

/** The ids by score, the lowest first; those without one after them, as one reads: line by line. What is equal stays in its order. */
export function byDoubt(items: readonly Doubted[]): number[] {
  const scored = items.filter(({ score }) => score !== undefined);
  const others = items.filter(({ score }) => score === undefined);
  const sorted = scored.toSorted((a, b) => share(a.score as number) - share(b.score as number));
  return [...sorted, ...asRead(others)].map(({ id }) => id);
}

/** From left to right in lines: one holds all whose middle lies beside the one that begins it. */
function asRead(items: readonly Doubted[]): Doubted[] {
  const fromTop = items.toSorted((a, b) => a.bounds.top - b.bounds.top);
  const bottom = fromTop.reduce((lowest, { bounds }) => Math.max(lowest, bounds.top + bounds.height), -Infinity);
  const least = (bottom - (fromTop[0]?.bounds.top ?? 0)) * LINE;
  const lines: Doubted[][] = [];
  let end = -Infinity;
  for (const item of fromTop) {
    if (centre(item.bounds).y > end) {
      lines.push([]);
      end = item.bounds.top + Math.max(item.bounds.height, least);
    }
    (lines.at(-1) as Doubted[]).push(item);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.bounds.left - b.bounds.left));
}
