/** The polygons of `crowd-polygon`, whose own edges may not cross. */
import { extent, pathKind } from '../picture/path-kind.ts';

export const POLYGONS = pathKind(
  { singular: 'polygon', plural: 'polygons' },
  'drawPolygon',
  { isClosed: true, fewest: 3, most: Infinity, mayCross: false },
  extent,
);
