/**
 * A mask as a tool has it: the regions with their pixels and their history, and where they come from, the template or a draft.
 * What is done to them is `segmentation.ts`. Knows no DOM.
 */
import type { Point, Size } from '../base/geometry.ts';
import type { Json } from '../frame/protocol.ts';
import { History } from '../history/history.ts';
import { LabelSet } from '../labels/label-set.ts';
import type { Change } from '../tool/work.ts';
import { colorNumber } from './colors.ts';
import { InitialMask, type Loaded } from './initial-mask.ts';
import { Mask } from './mask.ts';
import { NOTHING, sameWork, weigh, type Moment } from './moment.ts';
import type { RasterKind } from './raster-kind.ts';
import { Regions } from './regions.ts';
import { readSaved, type SavedMask } from './saved-mask.ts';
import { Selection } from './selection.ts';

/** Characters of packed bands that undo may keep. */
const ROOM = 64 * 1024 * 1024;

export abstract class MaskHistory {
  readonly labels: LabelSet;
  /** As they stand, also in the middle of a stroke. */
  readonly regions: Regions;
  readonly initial: InitialMask;
  /** The pixels as they stand, also in the middle of a stroke; undefined until the picture is known. */
  mask: Mask | undefined;
  nothingToLabel = false;
  /** The corners of a polygon that is being drawn. */
  outline: readonly Point[] = [];
  /** Another number each time the work was put back as it was: what was being painted upon it is over. */
  putBack = 0;
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

  constructor(protected readonly kind: RasterKind) {
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

  // Steps

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

  protected takeBackCorner(): boolean {
    const { outline } = this;
    if (outline.length > 0) this.setOutline(outline.slice(0, -1));
    return outline.length > 0;
  }

  /** Takes back what was painted since the last commit. */
  cancel(): void {
    this.show(this.moment);
    this.notify();
  }

  // History

  get canUndo(): boolean {
    return this.history.canUndo || this.outline.length > 0;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  get isUndone(): boolean {
    return this.history.isUndone;
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
    this.putBack += 1;
    this.regions.list = regions;
    this.mask?.unpack(bands);
    this.selection.keep((number) => number <= regions.length);
  }

  /** What is not on screen any more is not selected either. */
  protected update(change: Change = 'state'): void {
    this.selection.keep((number) => this.regions.isShown(number));
    this.notify(change);
  }
}
