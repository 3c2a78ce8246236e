/** Makes other regions of regions: merges and splits instances, fills their holes. Each is one step. Knows no DOM. */
import type { Point } from '../base/geometry.ts';
import type { Noun } from '../tool/stage.ts';
import { cut, split, under, type Begin } from './cut.ts';
import type { Mask } from './mask.ts';
import { holes } from './parts.ts';
import type { RasterKind } from './raster-kind.ts';
import type { Segmentation } from './segmentation.ts';

export class Rearranging {
  private readonly noun: Noun;

  constructor(
    private readonly work: Segmentation,
    private readonly kind: RasterKind,
  ) {
    this.noun = kind.noun;
  }

  get canMerge(): boolean {
    return this.work.selection.all.length > 1;
  }

  /** All selected instances become the one that was selected first. */
  merge(): void {
    const { work } = this;
    const [first, ...others] = work.selection.all;
    if (first === undefined || others.length === 0) return work.say(`Select two or more ${this.noun.plural} to merge them: Shift + click adds one.`);
    work.mask?.replace(others, first);
    work.selection.set(first);
    work.commit();
  }

  /** Each part of the selected instance that hangs together becomes an instance; the largest stays what it is. */
  split(): void {
    const { work } = this;
    const [region, ...others] = work.selection.meant;
    if (region === undefined || others.length > 0) return work.say(`Select one ${this.noun.singular} to split it into its parts.`);
    this.apart(region, (mask, begin) => split(mask, region, begin), `The ${this.noun.singular} hangs together: cut it with a line (Y).`);
  }

  /** Cuts the selected instance along a line, or the one that has the most of the line. */
  cut(line: readonly Point[]): void {
    const { work } = this;
    const { mask, selection } = work;
    if (!mask) return;
    const { all } = selection;
    const isMeant = (region: number): boolean => (all.length > 0 ? all.includes(region) : work.regions.isShown(region));
    const region = under(mask, line, isMeant);
    if (region === 0) return work.say(`The line crosses no ${all.length > 0 ? 'selected ' : ''}${this.noun.singular}.`);
    this.apart(region, (_, begin) => cut(mask, region, line, begin), `The line does not go all the way across the ${this.noun.singular}.`);
  }

  /** Fills what the selected regions enclose and no region has; without a selection, the area of the label that is chosen. */
  fillHoles(): void {
    const { work, kind } = this;
    const { mask, selection } = work;
    const { meant } = selection;
    const regions = meant.length === 0 && kind.isPerLabel ? [work.regions.ofLabel(work.labels.active)].filter(Boolean) : meant;
    if (!mask || regions.length === 0) return work.say(`Select the ${this.noun.singular} whose holes are to be filled.`);
    for (const region of regions) holes(mask, region, mask.filler(region));
    if (!work.commit()) work.say(`The ${this.noun.singular} has no holes.`);
  }

  private apart(region: number, act: (mask: Mask, begin: Begin) => number, otherwise: string): void {
    const { work } = this;
    const { mask, regions } = work;
    if (!mask) return;
    if (act(mask, (count) => regions.beginSome(regions.labelOf(region), count)) > 0) work.commit();
    else {
      work.cancel();
      work.say(otherwise);
    }
  }
}
