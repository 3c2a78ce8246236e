/** A kind of mask, as the raster stage knows it: each segmentation tool brings one such object. Knows no DOM. */
import { AttributeError, readEach, readText } from '../base/json-attributes.ts';
import type { JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { Noun } from '../tool/stage.ts';
import { readColor } from './colors.ts';

/** An area of a mask: the class of this label, or one thing that has it. */
export type Region = { readonly label: string; readonly color: string };

/** A region as a template gives it: a model says how sure it is. */
export type GivenRegion = Region & { readonly score?: number };

export interface RasterKind {
  readonly noun: Noun;
  /** Has each label one region, or any number of them with colours of their own? */
  readonly isPerLabel: boolean;
  /** The key of the regions in the answer and in `initial-value`. */
  readonly answerKey: string;
  /** The regions of the answer. */
  write(regions: readonly Region[]): Json;
}

/** A region with its colour as it was given; errors: where it has none. */
function readRegion(item: JsonObject): GivenRegion {
  // The colour maps of Ground Truth's manifests have words of their own for both.
  const own = 'hex-color' in item ? { color: item['hex-color'] as Json, label: item['class-name'] as Json } : item;
  const text = readText(own, 'color');
  const color = readColor(text);
  if (color === undefined) throw new AttributeError(`"color" must be a colour such as #2ca02c, but it is ${JSON.stringify(text)}`);
  const score = item.score ?? item.confidence;
  return { label: readText(own, 'label'), color, ...(typeof score === 'number' ? { score } : {}) };
}

/** The class of what no class has, in colour maps of Ground Truth. */
const BACKGROUND = 'BACKGROUND';

/**
 * Regions of an `initial-value`: a list, or an object of them by label or by number; a region may be its colour only.
 * Errors: one that cannot be read, by its number.
 */
export function readRegions(value: Json | undefined): { values: GivenRegion[]; errors: string[]; length: number } {
  const isList = Array.isArray(value);
  if (value === null || typeof value !== 'object') throw new AttributeError('The attribute initial-value must name the colours of its labels');
  const items = isList ? value : Object.entries(value).map(([label, item]) => (typeof item === 'string' ? { label, color: item } : { label, ...(item as JsonObject) }));
  const { values, errors } = readEach(items, readRegion);
  const isMap = !isList && items.some((item) => 'hex-color' in (item as JsonObject));
  return { values: isMap ? values.filter(({ label }) => label !== BACKGROUND) : values, errors, length: items.length };
}
