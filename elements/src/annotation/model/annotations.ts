/**
 * The state of an annotation task: shapes with their history, labels, selection, and what is shown.
 * Knows neither the DOM nor what a shape looks like; the element and the canvas listen to it.
 */
import { Fitting, type Fits } from './fitting.ts';
import type { Size } from './geometry.ts';
import { History } from './history.ts';
import { changeAnswer, type Losses } from './losses.ts';
import { colorAt } from './palette.ts';

export type Shape = { readonly id: number; readonly label: string; readonly score?: number };

/** What the state must know about a kind of shape. */
export interface ShapeRules<S> extends Fits<S> {
  same(a: S, b: S): boolean;
}

export type Mode = 'draw' | 'select';

/** `shapes`: the answer changed. `state`: what the panes show changed. `live`: only the canvas has something to draw. */
export type Change = 'shapes' | 'state' | 'live';

export class Annotations<S extends Shape> {
  readonly history = new History<readonly S[]>([]);
  /** What the template gave, or undefined when it gave nothing. */
  initial: readonly S[] | undefined;
  /** The shape being drawn or changed right now; it replaces the one with its id until it is committed. */
  preview: S | undefined;
  hovered: number | undefined;
  mode: Mode = 'draw';
  nothingToLabel = false;
  readonly hidden = new Set<string>();

  private names: readonly string[] = [];
  private ownColors: readonly string[] = [];
  private chosen = '';
  private selection: number | undefined;
  /** The selected shape was just drawn: choosing a label now is for the next shape. */
  private fresh = false;
  /** Where a shape was deleted last: stepping goes on from there. */
  private gap: number | undefined;
  private nextId = 1;
  private present: readonly S[] | undefined;
  private source: readonly S[] | undefined;
  /** How many given items could not even be read. */
  private unreadable = 0;
  private readonly fitting: Fitting<S>;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(private readonly rules: ShapeRules<S>) {
    this.fitting = new Fitting(rules);
  }

  listen(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  /** Tells every listener that something changed. */
  notify(change: Change = 'state'): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Shows a shape in the middle of a gesture; no more than the canvas needs to follow. */
  show(preview: S | undefined): void {
    this.preview = preview;
    this.notify('live');
  }

  newId(): number {
    return this.nextId++;
  }

  // Labels

  get labels(): readonly string[] {
    return this.names;
  }

  set labels(labels: readonly string[]) {
    this.names = labels;
    this.present = undefined;
    if (!labels.includes(this.chosen)) this.chosen = labels[0] ?? '';
    this.keepSelectionReal();
    this.notify();
  }

  set colors(colors: readonly string[]) {
    this.ownColors = colors;
    this.notify();
  }

  colorOf(label: string): string {
    return colorAt(Math.max(this.names.indexOf(label), 0), this.ownColors);
  }

  /** The label that the next shape gets. */
  get activeLabel(): string {
    return this.chosen;
  }

  /** Chooses a label for the next shape, and for the selected one unless that was only just drawn. */
  chooseLabel(label: string): void {
    this.chosen = label;
    const selected = this.selected;
    if (selected && !this.fresh) this.relabel(selected, label);
    else {
      this.select(undefined);
      this.mode = 'draw';
    }
    this.notify();
  }

  private relabel(shape: S, label: string): void {
    // A score said how sure the model was of the old label.
    const { score: _, ...unscored } = shape;
    this.hidden.delete(label);
    if (label !== shape.label) this.replace({ ...unscored, label } as S);
  }

  toggleHidden(label: string): void {
    if (!this.hidden.delete(label)) this.hidden.add(label);
    this.keepSelectionReal();
    this.notify();
  }

  /** Shows everything if anything is hidden, else hides everything. */
  toggleAllHidden(): void {
    if (this.hidden.size > 0) this.hidden.clear();
    else for (const label of this.names) this.hidden.add(label);
    this.keepSelectionReal();
    this.notify();
  }

  // Shapes

  /** The natural size of the picture, as far as it is known: shapes are seen cut to it. */
  setPicture(size: Size | undefined): void {
    if (!this.fitting.setPicture(size)) return;
    this.present = undefined;
    this.keepSelectionReal();
    this.notify();
  }

  /** The shapes of the answer: those in the picture whose label exists, in the order given and drawn. */
  get shapes(): readonly S[] {
    if (this.present === undefined || this.source !== this.history.present) {
      this.source = this.history.present;
      const listed = this.source.filter((shape) => this.names.includes(shape.label));
      this.present = listed.map((shape) => this.fitting.of(shape)).filter((shape) => shape !== undefined);
    }
    return this.present;
  }

  /** What of the initial shapes is not in the answer as it was given. Without labels there is nothing to say about labels. */
  get losses(): Losses {
    const initial = this.initial ?? [];
    const listed = initial.filter((shape) => this.names.includes(shape.label));
    return {
      cut: listed.filter((shape) => this.fitting.isCut(shape)).length,
      outside: listed.filter((shape) => this.fitting.of(shape) === undefined).length,
      unreadable: this.unreadable,
      unlisted: this.names.length > 0 ? initial.length - listed.length : 0,
    };
  }

  /** The shapes on screen. */
  get visible(): readonly S[] {
    return this.hidden.size === 0 ? this.shapes : this.shapes.filter((shape) => !this.hidden.has(shape.label));
  }

  countOf(label: string): number {
    return this.shapes.reduce((count, shape) => count + (shape.label === label ? 1 : 0), 0);
  }

  /** Does the answer differ from what the template gave? */
  get isModified(): boolean {
    const initial = this.initial ?? [];
    const now = this.history.present;
    if (changeAnswer(this.losses)) return true;
    return now !== initial && !(now.length === initial.length && now.every((shape, index) => this.rules.same(shape, initial[index] as S)));
  }

  /** Takes what the template gave, and how many items of it cannot be read; the history starts here. */
  setInitial(shapes: readonly S[] | undefined, unreadable = 0): void {
    this.initial = shapes;
    this.unreadable = unreadable;
    this.restart(shapes ?? []);
  }

  /** Back to what the template gave. */
  reset(): void {
    this.nothingToLabel = false;
    this.restart(this.initial ?? []);
  }

  /** Takes an earlier visit's shapes; the history starts here, what the template gave stays the measure. */
  restart(shapes: readonly S[]): void {
    this.history.restart(shapes);
    this.preview = undefined;
    this.select(undefined);
    this.notify();
  }

  /** Adds a shape that was just drawn and selects it. */
  add(shape: S): void {
    this.nothingToLabel = false;
    this.hidden.delete(shape.label);
    this.commit([...this.history.present, shape]);
    this.select(shape.id);
    this.fresh = true;
    this.notify('shapes');
  }

  /** Changes the shape with this one's id. Changes of one `run` are undone together. */
  replace(shape: S, run?: string): void {
    const shapes = this.history.present;
    const old = shapes.find((candidate) => candidate.id === shape.id);
    if (old === undefined || this.rules.same(old, shape)) return this.notify();
    this.fresh = false;
    this.commit(shapes.map((candidate) => (candidate === old ? shape : candidate)), run);
    this.notify('shapes');
  }

  /** The worker says that there is nothing to label, or takes it back. */
  decideNothing(isNothing: boolean): void {
    this.nothingToLabel = isNothing;
    this.notify('shapes');
  }

  removeSelected(): void {
    const shapes = this.visible;
    const index = shapes.findIndex((shape) => shape.id === this.selection);
    const removed = shapes[index];
    if (removed === undefined) return;
    this.commit(this.history.present.filter((shape) => shape.id !== removed.id));
    this.select(undefined);
    this.gap = index;
    this.notify('shapes');
  }

  undo(): void {
    this.history.undo();
    this.afterTimeTravel();
  }

  redo(): void {
    this.history.redo();
    this.afterTimeTravel();
  }

  // Selection

  get selected(): S | undefined {
    return this.selection === undefined ? undefined : this.shapes.find((shape) => shape.id === this.selection);
  }

  select(id: number | undefined): void {
    this.selection = id;
    this.gap = undefined;
    this.fresh = false;
    this.history.seal();
  }

  /** The neighbour of the selected shape among those on screen; undefined past either end. */
  neighbour(step: 1 | -1): S | undefined {
    const shapes = this.visible;
    const at = shapes.findIndex((shape) => shape.id === this.selection);
    if (at !== -1) return shapes[at + step];
    if (this.gap !== undefined) return shapes[step === 1 ? this.gap : this.gap - 1];
    return shapes.at(step === 1 ? 0 : -1);
  }

  private commit(shapes: readonly S[], run?: string): void {
    this.history.commit(shapes, run);
    this.preview = undefined;
  }

  private afterTimeTravel(): void {
    this.preview = undefined;
    this.keepSelectionReal();
    this.notify('shapes');
  }

  private keepSelectionReal(): void {
    const selected = this.selected;
    if (this.selection !== undefined && (selected === undefined || this.hidden.has(selected.label))) this.select(undefined);
  }
}
