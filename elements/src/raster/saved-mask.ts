/** A mask as drafts keep it. Knows no DOM. */
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { Region } from './raster-kind.ts';

export type SavedMask = {
  readonly width: number;
  readonly height: number;
  readonly regions: Region[];
  /** As `Mask.pack` makes them. */
  readonly bands: string[];
};

/** What a draft holds, or undefined where it is none; the bands are for the mask to judge. */
export function readSaved(saved: Json, isColor: (color: string) => boolean): { mask: SavedMask | undefined; nothingToLabel: boolean } | undefined {
  if (!isJsonObject(saved) || !('mask' in saved)) return undefined;
  const nothingToLabel = saved.nothingToLabel === true;
  const { mask } = saved;
  if (mask === null) return { mask: undefined, nothingToLabel };
  if (typeof mask !== 'object' || Array.isArray(mask)) return undefined;
  const { width, height, regions, bands } = mask;
  if (typeof width !== 'number' || typeof height !== 'number' || !Array.isArray(regions) || !Array.isArray(bands)) return undefined;
  if (!bands.every((band) => typeof band === 'string')) return undefined;
  const read = regions.map((region) => {
    const { label, color } = (region ?? {}) as Partial<Region>;
    return typeof label === 'string' && typeof color === 'string' && isColor(color) ? { label, color } : undefined;
  });
  return read.includes(undefined) ? undefined : { mask: { width, height, regions: read as Region[], bands: bands as string[] }, nothingToLabel };
}
