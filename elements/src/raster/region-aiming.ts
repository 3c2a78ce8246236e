/** Which region a label is for that is chosen at a place of the picture. */
import type { Point } from '../base/geometry.ts';
import { aimWords, type Aim, type Aiming } from '../tool/aiming.ts';
import type { Painter } from './painter.ts';
import type { RasterKind } from './raster-kind.ts';
import type { RasterSurface } from './raster-surface.ts';
import type { Segmentation } from './segmentation.ts';

export class RegionAiming implements Aiming {
  readonly gestures = ['Right click', 'Long press'];

  constructor(
    private readonly kind: RasterKind,
    private readonly painter: Painter,
    private readonly work: Segmentation,
    private readonly surface: RasterSurface,
  ) {}

  at(place: Point | undefined): Aim | undefined {
    const { work, surface } = this;
    if (!surface.picture) return undefined;
    surface.letGo();
    // Who paints points at a region to paint beside it; the label of that one is only meant where it can be selected.
    const under = place && this.painter.tool === 'select' ? this.painter.regionAt(surface.toPicture(surface.fromWindow(place))) : undefined;
    // It may just have been begun, when a label would be for the next one.
    const number = under ?? work.selected;
    if (number !== undefined) work.select(number);
    return { place: place ?? this.placeOf(number), words: aimWords(this.kind.noun.singular, number !== undefined) };
  }

  private placeOf(number: number | undefined): Point {
    const { left, top, width, height } = this.surface.seen;
    const bounds = number === undefined ? undefined : this.work.boundsOf(number);
    return this.surface.windowPlaceOf(bounds ?? { left: left + width / 2, top: top + height / 3, width: 0, height: 0 });
  }
}
