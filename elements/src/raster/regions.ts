/** The regions of a mask by their numbers: which of them the answer holds, in which colours, and which are on screen. Knows no DOM. */
import { enclosing, type Rect } from '../base/geometry.ts';
import type { LabelSet } from '../labels/label-set.ts';
import { FreeColors } from './colors.ts';
import { MOST_REGIONS, type Mask } from './mask.ts';
import type { RasterKind, Region } from './raster-kind.ts';

export class Regions {
  /** In the order of their numbers, which begin with 1. They stay when they lose their last pixel. */
  list: readonly Region[] = [];
  private known: readonly number[] | undefined;
  private counted: readonly number[] | undefined;
  private counts: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly kind: RasterKind,
    private readonly labels: LabelSet,
    private readonly mask: () => Mask | undefined,
  ) {}

  /** To be called when pixels, regions or labels have changed. */
  changed(): void {
    this.known = undefined;
  }

  labelOf(number: number): string {
    return this.list[number - 1]?.label ?? '';
  }

  /** Where a label has one region, the region has the label's colour. */
  colorOf(number: number): string {
    return this.kind.isPerLabel ? this.labels.colorOf(this.labelOf(number)) : (this.list[number - 1]?.color ?? '');
  }

  isListed(number: number): boolean {
    return this.labels.has(this.labelOf(number));
  }

  isShown(number: number): boolean {
    return this.isListed(number) && !this.labels.isHidden(this.labelOf(number));
  }

  /** The numbers of the answer's regions: those with pixels whose label exists. */
  get present(): readonly number[] {
    const counts = this.mask()?.counts;
    return (this.known ??= [...this.list.keys()].map((index) => index + 1).filter((number) => counts?.[number] && this.isListed(number)));
  }

  /** Those of them that are on screen. */
  get shown(): readonly number[] {
    return this.labels.anyHidden ? this.present.filter((number) => this.isShown(number)) : this.present;
  }

  get answered(): readonly Region[] {
    return this.present.map((number) => ({ label: this.labelOf(number), color: this.colorOf(number) }));
  }

  /** The smallest rectangle around some regions; undefined where they have no pixel. */
  boundsOf(numbers: readonly number[]): Rect | undefined {
    const rects = numbers.flatMap((number) => this.mask()?.boundsOf(number) ?? []).filter(({ width }) => width > 0);
    return rects.length > 0 ? enclosing(rects) : undefined;
  }

  countOf(label: string): number {
    const { present } = this;
    if (this.counted !== present) {
      const counts = new Map<string, number>();
      for (const number of present) counts.set(this.labelOf(number), (counts.get(this.labelOf(number)) ?? 0) + 1);
      this.counted = present;
      this.counts = counts;
    }
    return this.counts.get(label) ?? 0;
  }

  /** The one region of a label, where each has one and there is one; else 0. */
  ofLabel(label: string): number {
    return this.kind.isPerLabel ? this.list.findIndex((region) => region.label === label) + 1 : 0;
  }

  /** Another region of a label, without a pixel; its number, or 0 where there are too many. */
  begin(label: string): number {
    return this.beginSome(label, 1)[0] ?? 0;
  }

  /** So many of them, or as many as there is room for. */
  beginSome(label: string, count: number): readonly number[] {
    const { length } = this.list;
    const free = new FreeColors();
    if (!this.kind.isPerLabel) for (const { color } of this.list) free.take(color);
    const numbers = Array.from({ length: Math.min(count, MOST_REGIONS - length) }, (_, index) => length + 1 + index);
    this.list = [...this.list, ...numbers.map((number) => ({ label, color: this.kind.isPerLabel ? '' : free.next(number - 1) }))];
    return numbers;
  }

  relabel(numbers: readonly number[], label: string): void {
    const meant = new Set(numbers);
    this.list = this.list.map((region, index) => (meant.has(index + 1) ? { ...region, label } : region));
  }
}
