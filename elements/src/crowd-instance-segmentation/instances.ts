/** The mask of `crowd-instance-segmentation`: one colour for each thing, of which a label may have many. */
import type { RasterKind } from '../raster/raster-kind.ts';

export const INSTANCES: RasterKind = {
  noun: { singular: 'instance', plural: 'instances' },
  isPerLabel: false,
  answerKey: 'instances',
  write: (regions) => regions.map(({ label, color }) => ({ color, label })),
};
