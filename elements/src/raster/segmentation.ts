/**
 * The state of a tool whose work is a mask, and what is done to it: what is painted, relabelled, selected. Knows no DOM; the shell
 * and the stage listen to it.
 */
import type { Rect } from '../base/geometry.ts';
import type { Work } from '../tool/work.ts';
import type { Mask, Span } from './mask.ts';
import { MaskHistory } from './mask-history.ts';

export class Segmentation extends MaskHistory implements Work {
  // Work

  get label(): string {
    const { first } = this.selection;
    return first === undefined ? this.labels.active : this.regions.labelOf(first);
  }

  /** What the next stroke adds to: the selected region, the class of the label that is chosen, or a new thing of it; 0 for none. */
  target(): number {
    if (this.selection.first !== undefined) return this.selection.first;
    const { active: label } = this.labels;
    if (label === '') return 0;
    return this.regions.ofLabel(label) || this.begin(label);
  }

  private begin(label: string): number {
    const number = this.regions.begin(label);
    if (!this.kind.isPerLabel) this.selection.set(number || undefined);
    return number;
  }

  /** Paints a figure as a step of its own. */
  paint(figure: (mask: Mask, region: number) => void): void {
    const region = this.target();
    const { mask } = this;
    if (!mask || region === 0) return;
    this.labels.show(this.regions.labelOf(region));
    figure(mask, region);
    this.commit();
  }

  /** A span that gives pixels to a region, for a stroke that ends with {@link commit} or {@link cancel}. */
  brush(region: number): Span {
    if (region > 0) this.labels.show(this.regions.labelOf(region));
    const fill = this.mask?.filler(region);
    return (row, start, end) => fill?.(row, start, end);
  }

  /** The stage has painted: no more than it has to know. */
  painted(): void {
    this.notify('live');
  }

  /** For the selected regions, or the instance under the pointer; else for what is painted next. */
  chooseLabel(label: string): void {
    const { all, meant } = this.selection;
    const numbers = this.kind.isPerLabel ? all : meant;
    if (numbers.length > 0) this.relabel(numbers, label);
    else this.select(undefined);
    this.labels.choose(label);
  }

  /** Another label for regions; a class takes the pixels over. */
  private relabel(numbers: readonly number[], label: string): void {
    if (numbers.every((number) => this.regions.labelOf(number) === label)) return;
    if (this.kind.isPerLabel) {
      const other = this.regions.ofLabel(label) || this.begin(label);
      if (other > 0) this.mask?.replace(numbers, other);
      this.selection.set(other || undefined);
    } else this.regions.relabel(numbers, label);
    this.labels.show(label);
    this.commit();
  }

  get hasSelection(): boolean {
    return this.selected !== undefined || this.outline.length > 0;
  }

  removeSelected(): void {
    if (this.takeBackCorner()) return;
    const { mask, selection } = this;
    const { meant } = selection;
    if (meant.length === 0 || !mask) return;
    mask.replace(meant, 0);
    selection.keep((number) => !meant.includes(number));
    this.commit();
  }

  decideNothing(isNothing: boolean): void {
    this.nothingToLabel = isNothing;
    this.notify('items');
  }

  // Selection

  /** The selected region to which strokes add. */
  get selected(): number | undefined {
    return this.selection.all[0];
  }

  /** Selects a region, or lets go of what is selected. */
  select(number: number | undefined): void {
    this.selection.set(number);
    this.follow();
  }

  /** Selects what is under a pointer that selects, where nothing is selected. */
  selectHovered(): void {
    const { all, meant } = this.selection;
    if (all.length === 0 && meant.length > 0) this.select(meant[0]);
  }

  /** Adds an instance to the selection, or takes it out; an area is selected alone. */
  toggle(number: number): void {
    if (this.kind.isPerLabel) return this.select(number);
    this.selection.toggle(number);
    this.follow();
  }

  /** Does each click add to the selection, as with Shift: for fingers, and for who cannot hold it. */
  selectSeveral(isMeant: boolean): void {
    this.selection.growsByClick = isMeant;
    this.notify();
  }

  /** The label of the first selected region is the one that is chosen. */
  private follow(): void {
    const { first } = this.selection;
    if (first !== undefined && this.regions.labelOf(first) !== this.labels.active) this.labels.choose(this.regions.labelOf(first));
    this.notify();
  }

  hover(number: number | undefined): void {
    if (this.selection.hovered === number) return;
    this.selection.hovered = number;
    this.notify('live');
  }

  /** The next or previous region on screen; undefined past either end. */
  neighbour(step: 1 | -1): number | undefined {
    const selected = this.selection.all.at(-1);
    const { shown } = this.regions;
    return selected === undefined ? shown.at(step === 1 ? 0 : -1) : shown[shown.indexOf(selected) + step];
  }

  boundsOf(number: number): Rect | undefined {
    return this.mask?.boundsOf(number);
  }
}
