/** Stages that show masks: a file of their own, since few overlays are masks and what paints them is large. */
import type { ReactiveControllerHost } from 'lit';
import { INSTANCES } from '../crowd-instance-segmentation/instances.ts';
import { CLASSES } from '../crowd-semantic-segmentation/classes.ts';
import { RasterStage } from '../raster/raster-stage.ts';

export const MASK_STAGES = {
  instanceSegmentation: (host: ReactiveControllerHost) => new RasterStage(INSTANCES, host),
  semanticSegmentation: (host: ReactiveControllerHost) => new RasterStage(CLASSES, host),
};
