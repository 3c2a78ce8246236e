/** The mask of `crowd-semantic-segmentation`: one colour for each label. */
import type { RasterKind } from '../raster/raster-kind.ts';

export const CLASSES: RasterKind = {
  noun: { singular: 'area', plural: 'areas' },
  isPerLabel: true,
  answerKey: 'labelMappings',
  write: (regions) => Object.fromEntries(regions.map(({ label, color }) => [label, { color }])),
};
