/** A mask as it is seen: each point of the screen in the ink of the pixel below it. Knows no DOM. */
import type { Rect, Size } from '../base/geometry.ts';
import type { Viewport } from '../picture/view/viewport.ts';
import type { Mask } from './mask.ts';

/** Inks by the number of a region, as the four bytes of a picture's pixel: of its inside, and of the line around it. */
export type Inks = { readonly fills: Uint32Array; readonly lines: Uint32Array };

/** A bit more than `part` of the picture in points of the screen, with the lines around what is in it. */
export function onScreen(part: Rect, { scale, x, y }: Viewport, density: number, screen: Size): Rect {
  const start = (edge: number, offset: number): number => Math.max(Math.floor((edge * scale + offset) * density) - 1, 0);
  const end = (edge: number, offset: number, length: number): number => Math.min(Math.ceil((edge * scale + offset) * density) + 1, length);
  const [left, top] = [start(part.left, x), start(part.top, y)];
  const right = end(part.left + part.width, x, screen.width);
  const bottom = end(part.top + part.height, y, screen.height);
  return { left, top, width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) };
}

/** The pixel below each of `count` points from `start` on, and below one more on either side; -1 outside of the picture. */
function below(start: number, count: number, { scale }: Viewport, offset: number, density: number, length: number): Int32Array {
  return Int32Array.from({ length: count + 2 }, (_, index) => {
    const pixel = Math.floor(((start + index - 0.5) / density - offset) / scale);
    return pixel >= 0 && pixel < length ? pixel : -1;
  });
}

/** Fills `out` with what is seen of the mask in a part of the screen. */
export function shade(mask: Mask, part: Rect, view: Viewport, density: number, { fills, lines }: Inks, out: Uint32Array): void {
  const { cells, width } = mask;
  const columns = below(part.left, part.width, view, view.x, density, width);
  const rows = below(part.top, part.height, view, view.y, density, mask.height);
  const read = (row: number, into: Uint16Array): Uint16Array => {
    if (row < 0) return into.fill(0);
    const offset = row * width;
    for (let x = 0; x < columns.length; x++) {
      const column = columns[x] as number;
      into[x] = column < 0 ? 0 : (cells[offset + column] as number);
    }
    return into;
  };
  let [above, own, under] = [0, 1, 2].map(() => new Uint16Array(columns.length)) as [Uint16Array, Uint16Array, Uint16Array];
  read(rows[0] as number, above);
  read(rows[1] as number, own);
  for (let y = 0; y < part.height; y++) {
    read(rows[y + 2] as number, under);
    for (let x = 1, at = y * part.width; x <= part.width; x++, at++) {
      const region = own[x] as number;
      const isInside = own[x - 1] === region && own[x + 1] === region && above[x] === region && under[x] === region;
      out[at] = (isInside ? fills[region] : lines[region]) as number;
    }
    [above, own, under] = [own, under, above];
  }
}
