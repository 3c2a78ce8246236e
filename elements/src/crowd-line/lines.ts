/** The lines of `crowd-line`, from one point to another. */
import { pathKind } from '../picture/path-kind.ts';

export const LINES = pathKind(
  { singular: 'line', plural: 'lines' },
  'drawLine',
  { isClosed: false, fewest: 2, most: 2, mayCross: true },
  (vertices) => vertices.map(({ x, y }, index) => `${index === 0 ? 'from' : 'to'} ${x}, ${y}`).join(' '),
);
