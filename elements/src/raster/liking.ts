/** What a worker likes of a mask's tools, checked as it comes: it may have been kept for another kind of mask, or by an earlier version. */
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { THICKEST, THINNEST, type Round, type Tool } from './painter.ts';

/** Tools with which work can begin: an eraser or a cut would do nothing to a task that has just been opened. */
const FIRST: readonly Tool[] = ['brush', 'polygon', 'lasso', 'fill', 'select'];

export const likedTool = (value: Json | undefined): Tool | undefined => FIRST.find((tool) => tool === value);

export function likedSizes(value: Json | undefined): Partial<Record<Round, number>> {
  const { brush, eraser } = isJsonObject(value) ? value : ({} as Record<string, Json>);
  return { ...(isSize(brush) ? { brush } : {}), ...(isSize(eraser) ? { eraser } : {}) };
}

const isSize = (value: Json | undefined): value is number => Number.isInteger(value) && Number(value) >= THINNEST && Number(value) <= THICKEST;

export const likedOpacity = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
