/**
 * The state of a tool whose work is a mask: the regions with their pixels and their history, the one that is selected, what is
 * shown. Knows no DOM; the shell and the stage listen to it.
 */
import type { Json } from '../frame/protocol.ts';
import { History } from '../history/history.ts';
import { LabelSet } from '../labels/label-set.ts';
import type { Point, Rect, Size } from '../base/geometry.ts';
import type { Change, Work } from '../tool/work.ts';
import { colorNumber } from './colors.ts';
import { InitialMask, type Loaded } from './initial-mask.ts';
import { Mask, type Span } from './mask.ts';
import { NOTHING, sameWork, weigh, type Moment } from './moment.ts';
import type { RasterKind } from './raster-kind.ts';
import { Regions } from './regions.ts';
import { readSaved, type SavedMask } from './saved-mask.ts';
import { Selection } from './selection.ts';

/** Characters of packed bands that undo may keep. */
const ROOM = 64 * 1024 * 1024;

export class Segmentation implements Work {
  readonly labels: LabelSet;
  /** As they stand, also in the middle of a stroke. */
  readonly regions: Regions;
  readonly initial: InitialMask;
  /** The pixels as they stand, also in the middle of a stroke; undefined until the picture is known. */
  mask: Mask | undefined;
  nothingToLabel = false;
  /** The corners of a polygon that is being drawn. */
  outline: readonly Point[] = [];
  /** Why what was asked for last did nothing. */
  told = '';
  readonly selection = new Selection((number) => (this.mask?.counts[number] ?? 0) > 0);

  /** What the history started with: what the template gave, or a draft. */
  start: Moment = NOTHING;

  private readonly history = new History<Moment>(NOTHING, weigh, ROOM);
  /** From an earlier visit, until the picture is known. */
  private saved: SavedMask | undefined;
  /** Somebody has worked here: a mask that arrives now is only the measure of what they changed. */
  private hasWork = false;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(private readonly kind: RasterKind) {
    this.initial = new InitialMask(kind);
    this.labels = new LabelSet(() => this.update(), this.initial.colorsOf);
    this.regions = new Regions(kind, this.labels, () => this.mask);
  }

  listen(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  notify(change: Change = 'state'): void {
    if (change !== 'live') {
      this.regions.changed();
      this.told = '';
    }
    this.tell(change);
  }

  /** Says why nothing was done, until something is. */
  say(words: string): void {
    this.told = words;
    this.tell('state');
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  // The picture and what the template gives

  /** The picture has this size; undefined while there is none. */
  setPicture(size: Size | undefined): void {
    if (this.mask?.width === size?.width && this.mask?.height === size?.height) return;
    this.saved = this.toSave();
    this.mask = size && new Mask(size);
    this.initial.fit(size);
    this.restart(this.initial.moment);
    this.putBackSaved();
  }

  readInitial(text: string): { length: number; errors: readonly string[] } {
    const read = this.initial.read(text);
    this.hasWork = false;
    this.labels.recolor();
    this.takeInitial();
    return read;
  }

  /** The picture of the given mask has arrived. */
  setLoaded(loaded: Loaded): void {
    this.initial.loaded = loaded;
    this.takeInitial();
  }

  private takeInitial(): void {
    this.initial.fit(this.mask);
    if (!this.hasWork) this.restart(this.initial.moment);
    else this.notify();
  }

  get unlisted(): readonly string[] {
    const names = (this.initial.given?.regions ?? []).map(({ label }) => label);
    return [...new Set(names)].filter((name) => !this.labels.has(name));
  }

  /** The work as it was committed last. */
  get moment(): Moment {
    return this.history.present;
  }

  /** Does the answer differ from what the template gave? */
  get isModified(): boolean {
    return this.initial.misfit(this.mask) !== undefined || !sameWork(this.moment, this.initial.moment);
  }

  get count(): number {
    return this.regions.present.length;
  }

  get hiddenCount(): number {
    return this.count - this.regions.shown.length;
  }

  countOf(label: string): number {
    return this.regions.countOf(label);
  }

  // Work

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

  /** Makes what was painted a step of the history; false where that is nothing. */
  commit(): boolean {
    const { mask } = this;
    if (!mask) return false;
    const now = { regions: this.regions.list, bands: mask.pack() };
    if (sameWork(now, this.moment)) {
      this.cancel();
      return false;
    }
    this.nothingToLabel = false;
    this.hasWork = true;
    this.history.commit(now);
    this.update('items');
    return true;
  }

  setOutline(outline: readonly Point[], change: Change = 'state'): void {
    this.outline = outline;
    this.notify(change);
  }

  private takeBackCorner(): boolean {
    const { outline } = this;
    if (outline.length > 0) this.setOutline(outline.slice(0, -1));
    return outline.length > 0;
  }

  /** Takes back what was painted since the last commit. */
  cancel(): void {
    this.show(this.moment);
    this.notify();
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

  // History

  get canUndo(): boolean {
    return this.history.canUndo || this.outline.length > 0;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  undo(): void {
    if (this.takeBackCorner()) return;
    this.history.undo();
    this.show(this.moment);
    this.update('items');
  }

  redo(): void {
    this.history.redo();
    this.show(this.moment);
    this.update('items');
  }

  reset(): void {
    this.nothingToLabel = false;
    this.hasWork = false;
    this.saved = undefined;
    this.restart(this.initial.moment);
  }

  // Drafts

  /** What is as the template gave it is not kept: the template gives it again. */
  save(): Json {
    return { mask: this.toSave() ?? null, nothingToLabel: this.nothingToLabel };
  }

  private toSave(): SavedMask | undefined {
    const { mask } = this;
    const { regions, bands } = this.moment;
    return mask && this.hasWork ? { width: mask.width, height: mask.height, regions: [...regions], bands: [...bands] } : this.saved;
  }

  restore(saved: Json): void {
    const draft = readSaved(saved, (color) => this.kind.isPerLabel || colorNumber(color) !== undefined);
    if (!draft) return;
    this.nothingToLabel = draft.nothingToLabel;
    this.saved = draft.mask;
    this.putBackSaved();
    this.notify();
  }

  private putBackSaved(): void {
    const { mask, saved } = this;
    if (!mask || !saved) return;
    this.saved = undefined;
    if (saved.width !== mask.width || saved.height !== mask.height || !mask.unpack(saved.bands, saved.regions.length)) return;
    this.hasWork = true;
    this.restart({ regions: saved.regions, bands: mask.pack() });
  }

  private restart(moment: Moment): void {
    this.start = moment;
    this.history.restart(moment);
    this.show(moment);
    this.selection.keep(() => false);
    this.outline = [];
    this.notify();
  }

  private show({ regions, bands }: Moment): void {
    this.regions.list = regions;
    this.mask?.unpack(bands);
    this.selection.keep((number) => number <= regions.length);
  }

  /** What is not on screen any more is not selected either. */
  private update(change: Change = 'state'): void {
    this.selection.keep((number) => this.regions.isShown(number));
    this.notify(change);
  }
}
