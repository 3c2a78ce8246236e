/** Which shapes of a work are shown by their score: the filter as the worker sets it, and what that hides. */
import { isOnlyLooking } from '../../base/only-looking.ts';
import { preferences } from '../../frame/link.ts';
import type { Noun } from '../../tool/stage.ts';
import { differInScore, ScoreFilter } from './score-filter.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';

export class Scores<S extends Shape = Shape> {
  /** Which label is set; all of them where it is undefined. */
  label: string | undefined;
  /** It hides something that the worker has not hidden in this task. */
  private isRemembered = false;
  /** So many were deleted last; until the next change. */
  private deleted: { readonly count: number; readonly moment: readonly S[] } | undefined;
  private readonly filter = new ScoreFilter();
  private known: { readonly items: readonly S[]; readonly isOffered: boolean } | undefined;

  constructor(
    readonly noun: Noun,
    private readonly shapes: Shapes<S>,
  ) {
    preferences.follow('score', (saved) => {
      this.filter.restore(saved);
      this.isRemembered = this.filter.isActive;
      this.apply();
    });
  }

  /** Is there anything to tell apart? Only what the template gave has scores. */
  get isOffered(): boolean {
    const { start } = this.shapes;
    if (this.known?.items !== start) this.known = { items: start, isOffered: differInScore(start) };
    return this.known.isOffered && !isOnlyLooking();
  }

  /** The least score that is shown of the label that is set. */
  get from(): number {
    return this.filter.from(this.label);
  }

  /** The labels that there are to choose from, with the value of each that has one of its own. */
  get labels(): readonly { readonly name: string; readonly full: string; readonly own: number | undefined }[] {
    return this.shapes.labels.list.map(({ name, full }) => ({ name, full, own: this.filter.hasOwn(name) ? this.filter.from(name) : undefined }));
  }

  get count(): number {
    return this.shapes.count;
  }

  /** How many are out of sight by their score. */
  get hidden(): number {
    return this.countHidden();
  }

  /** How many of those can be deleted: the others are locked. */
  get deletable(): number {
    return this.countHidden(({ id }) => !this.shapes.marks.isLocked(id));
  }

  /** What became of those that were deleted, for as long as they are the last thing that was done. */
  get lastDeleted(): number {
    return this.deleted?.moment === this.shapes.history.present ? this.deleted.count : 0;
  }

  /** What somebody who comes to this task should know of what they chose in another one; empty where that is nothing. */
  get remark(): string {
    if (!this.isRemembered || this.hidden === 0) return '';
    return `As you chose before, ${this.noun.plural} with a low score are hidden. They stay in the answer; S leads to the slider.`;
  }

  counted(count: number): string {
    return `${count.toLocaleString('en')} ${count === 1 ? this.noun.singular : this.noun.plural}`;
  }

  choose(label: string | undefined): void {
    this.label = label;
    this.shapes.notify();
  }

  set(value: number): void {
    this.filter.set(value, this.label);
    this.isRemembered = false;
    this.apply();
  }

  /** The worker has come to a value: it is theirs in other tasks too. */
  keep(): void {
    preferences.set('score', this.filter.save());
  }

  /** Takes what is hidden by its score, and not locked, out of the answer, in one step. */
  deleteHidden(): void {
    const count = this.shapes.removeAll((shape) => !this.filter.passes(shape));
    this.deleted = { count, moment: this.shapes.history.present };
    this.shapes.notify();
  }

  private countHidden(isMeant: (shape: S) => boolean = () => true): number {
    if (!this.isOffered || !this.filter.isActive) return 0;
    return this.shapes.items.reduce((count, shape) => count + (!this.filter.passes(shape) && isMeant(shape) ? 1 : 0), 0);
  }

  private apply(): void {
    const { filter } = this;
    this.shapes.setFilter('score', filter.isActive ? (shape) => !this.isOffered || filter.passes(shape) : undefined);
  }
}

/** The same, whatever the shapes. */
export type ScoreSettings = Pick<Scores, keyof Scores>;
