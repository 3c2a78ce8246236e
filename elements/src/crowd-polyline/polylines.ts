/** The lines of `crowd-polyline`: of two or more vertices, free to cross. */
import { extent, pathKind } from '../picture/path-kind.ts';

export const POLYLINES = pathKind(
  { singular: 'polyline', plural: 'polylines' },
  'drawPolyline',
  { isClosed: false, fewest: 2, most: Infinity, mayCross: true },
  extent,
);
