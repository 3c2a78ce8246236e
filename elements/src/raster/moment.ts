/** The work on a mask at a moment: what is undone, kept in drafts, compared. Knows no DOM. */
import type { Region } from './raster-kind.ts';

export type Moment = {
  /** They never leave the list, so that their numbers stay; those without a pixel do not count. */
  readonly regions: readonly Region[];
  /** The mask, as `Mask.pack` gives it. */
  readonly bands: readonly string[];
};

export const NOTHING: Moment = { regions: [], bands: [] };

/** How many characters a moment takes beside the one after it, which shares the bands that did not change. */
export const weigh = (earlier: Moment, later: Moment): number =>
  earlier.bands.reduce((sum, band, index) => sum + (band === later.bands[index] ? 0 : band.length), 0);

export const sameRegions = (a: readonly Region[], b: readonly Region[]): boolean =>
  a === b || (a.length === b.length && a.every(({ label, color }, index) => label === b[index]?.label && color === b[index]?.color));

const sameBands = (a: readonly string[], b: readonly string[]): boolean => a === b || (a.length === b.length && a.every((band, index) => band === b[index]));

/** Are they the same to who sees them? Where the bands are, regions that only one of them has are without a pixel. */
export function sameWork(a: Moment, b: Moment): boolean {
  const length = Math.min(a.regions.length, b.regions.length);
  return a === b || (sameBands(a.bands, b.bands) && sameRegions(a.regions.slice(0, length), b.regions.slice(0, length)));
}
