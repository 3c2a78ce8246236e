/** The things of a mask that a template gives, as what is checked one by one. */
import type { Rect } from '../base/geometry.ts';
import { byDoubt } from '../picture/checking/doubt.ts';
import type { Predictions } from '../picture/checking/verifying.ts';
import { Verification } from '../tool/verification.ts';
import type { Noun } from '../tool/stage.ts';
import type { Mask } from './mask.ts';
import type { Moment } from './moment.ts';
import type { Painter } from './painter.ts';
import type { RasterSurface } from './raster-surface.ts';
import type { Segmentation } from './segmentation.ts';

/** What can be told of each region by its number: its label and how many pixels it has. */
type Telling = ReadonlyMap<number, string>;

export class RegionPredictions implements Predictions {
  readonly verification = new Verification();
  private readonly tellings = new WeakMap<Moment, Telling>();
  /** From a draft, for regions that are not there yet. */
  private waiting: readonly number[] = [];
  private lists: readonly (readonly number[])[] = [];

  constructor(
    readonly noun: Noun,
    private readonly work: Segmentation,
    private readonly painter: Painter,
    private readonly surface: RasterSurface,
    private readonly isThere: () => boolean,
  ) {}

  get isReady(): boolean {
    return this.work.initial.given !== undefined && this.isThere() && this.work.count > 0;
  }

  get origin(): Moment {
    return this.work.start;
  }

  get moment(): Moment {
    const { moment } = this.work;
    if (!this.tellings.has(moment)) this.tellings.set(moment, this.tell());
    return moment;
  }

  get isUndone(): boolean {
    return this.work.isUndone;
  }

  order(): readonly number[] {
    const { mask, regions } = this.work;
    if (!mask || this.work.initial.given === undefined) return [];
    const bounds = boundsOfAll(mask, regions.list.length);
    return byDoubt(regions.present.map((number) => ({ id: number, score: this.work.initial.scoreOf(number), bounds: bounds[number] as Rect })));
  }

  get all(): readonly number[] {
    return this.known(0, this.work.regions.present);
  }

  get shown(): readonly number[] {
    return this.known(1, this.work.regions.shown);
  }

  idsOf(list: readonly number[]): ReadonlySet<number> {
    return new Set(list);
  }

  get hidesSome(): boolean {
    return this.work.hiddenCount > 0;
  }

  changedSince(moment: Moment): readonly number[] {
    const before = this.tellings.get(moment);
    if (!before) return [];
    return [...this.tell()].filter(([number, words]) => before.get(number) !== words).map(([number]) => number);
  }

  get selected(): number | undefined {
    return this.work.selected;
  }

  select(number: number | undefined): void {
    if (number !== this.work.selected) this.work.select(number);
  }

  boundsOf(number: number): Rect | undefined {
    return this.work.boundsOf(number);
  }

  removeSelected(): void {
    this.work.removeSelected();
  }

  pick(): void {
    if (this.painter.tool !== 'select') this.painter.take('select');
  }

  draw(): void {
    if (this.painter.tool === 'select') this.painter.take('brush');
  }

  get isUnfinished(): boolean {
    return this.work.outline.length > 0;
  }

  /** The keyboard's cursor needs the keys for itself. */
  get isBusy(): boolean {
    return this.work.outline.length > 0 || this.surface.hasKeyboard;
  }

  listen(listener: Parameters<Segmentation['listen']>[0]): void {
    this.work.listen(listener);
  }

  private tell(): Telling {
    const { mask, regions } = this.work;
    return new Map(regions.present.map((number) => [number, `${mask?.counts[number]} ${regions.labelOf(number)}`]));
  }

  // Drafts

  /** The numbers of those that nobody has to look at again: they have been looked at, or a worker has painted them. */
  get checked(): readonly number[] {
    return this.work.initial.given === undefined ? [] : this.work.regions.present.filter((number) => !this.verification.isOpen(number));
  }

  /** A draft may come before the mask that it tells of. */
  restore(checked: readonly number[]): void {
    this.waiting = checked;
    for (const number of checked) this.verification.mark(number);
    this.work.notify();
  }

  takeChecked(): readonly number[] {
    const { waiting } = this;
    if (this.work.count > 0) this.waiting = [];
    return waiting;
  }

  /** The list as it was, where it is the same. */
  private known(place: number, list: readonly number[]): readonly number[] {
    const known = this.lists[place];
    if (known?.length === list.length && known.every((number, index) => number === list[index])) return known;
    this.lists = Object.assign([...this.lists], { [place]: list });
    return list;
  }
}

/** The smallest rectangles that hold the regions, by number, in one walk over the mask. */
export function boundsOfAll({ cells, width, height }: Mask, count: number): readonly (Rect | undefined)[] {
  const sides = Array.from({ length: count + 1 }, () => ({ left: Infinity, top: 0, right: 0, bottom: 0 }));
  for (let row = 0; row < height; row++) {
    for (let column = 0, cell = row * width; column < width; column++, cell++) {
      const number = cells[cell] as number;
      const side = number === 0 ? undefined : sides[number];
      if (side === undefined) continue;
      if (side.left === Infinity) side.top = row;
      side.bottom = row + 1;
      if (column < side.left) side.left = column;
      if (column >= side.right) side.right = column + 1;
    }
  }
  return sides.map(({ left, top, right, bottom }) => (left === Infinity ? undefined : { left, top, width: right - left, height: bottom - top }));
}
