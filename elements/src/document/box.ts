/** Where a block lies: in parts of its page, 0 to 1 from the top left. Knows no DOM. */
import { clamp, type Rect, type Size } from '../base/geometry.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';

const isNumber = (value: Json | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

function rectBetween(left: number, top: number, right: number, bottom: number): Rect | undefined {
  const start = { x: clamp(left, 0, 1), y: clamp(top, 0, 1) };
  const end = { x: clamp(right, 0, 1), y: clamp(bottom, 0, 1) };
  const rect = { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y };
  return rect.width > 0 && rect.height > 0 ? rect : undefined;
}

/** Amazon's own sample calls the height of a box `weight`. */
function fromBox({ left, top, width, height, weight }: JsonObject): Rect | undefined {
  const tall = height ?? weight;
  return isNumber(left) && isNumber(top) && isNumber(width) && isNumber(tall) ? rectBetween(left, top, left + width, top + tall) : undefined;
}

function fromPolygon(points: readonly Json[]): Rect | undefined {
  const corners = points.filter(isJsonObject).filter(({ x, y }) => isNumber(x) && isNumber(y)) as { x: number; y: number }[];
  if (corners.length < 2) return undefined;
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return rectBetween(least(xs), least(ys), most(xs), most(ys));
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b));

/** What of it lies on the page; undefined where nothing does, or where it says nothing that can be read. */
export function boxOf(geometry: Json | undefined): Rect | undefined {
  if (!isJsonObject(geometry)) return undefined;
  const { boundingBox = null } = geometry;
  const box = isJsonObject(boundingBox) ? fromBox(boundingBox) : undefined;
  return box ?? (Array.isArray(geometry.polygon) ? fromPolygon(geometry.polygon) : undefined);
}

/** The geometry of a block that was moved, as Textract writes it. */
export const geometryOf = ({ left, top, width, height }: Rect): JsonObject => ({
  boundingBox: { height, left, top, width },
  polygon: [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ],
});

export const toPixels = ({ left, top, width, height }: Rect, page: Size): Rect => ({
  left: left * page.width,
  top: top * page.height,
  width: width * page.width,
  height: height * page.height,
});

export const toParts = ({ left, top, width, height }: Rect, page: Size): Rect => ({
  left: left / page.width,
  top: top / page.height,
  width: width / page.width,
  height: height / page.height,
});
