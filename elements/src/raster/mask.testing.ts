/** Small masks as drawings, for tests: a dot is no region, `#`, `o`, `x`… the regions 1, 2, 3… */
import { Mask } from './mask.ts';

const SIGNS = '.#oxabcdefgh';

export function drawing(rows: readonly string[]): Mask {
  const mask = new Mask({ width: rows[0]?.length ?? 0, height: rows.length });
  for (const [row, signs] of rows.entries()) for (const [column, sign] of [...signs].entries()) mask.fill(row, column, column + 1, SIGNS.indexOf(sign));
  return mask;
}

export const rowsOf = ({ cells, width, height }: Mask): string[] =>
  Array.from({ length: height }, (_, row) => [...cells.subarray(row * width, (row + 1) * width)].map((cell) => SIGNS[cell]).join(''));
