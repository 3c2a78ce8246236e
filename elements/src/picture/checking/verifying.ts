/**
 * Takes whoever checks predictions from one to the next: selects it, shows it large enough, and follows what they do to it. What
 * is predicted, shapes or regions of a mask, comes through `Predictions`.
 */
import type { ReactiveControllerHost } from 'lit';
import type { Rect } from '../../base/geometry.ts';
import { isOnlyLooking } from '../../base/only-looking.ts';
import { link, preferences } from '../../frame/link.ts';
import type { Noun } from '../../tool/stage.ts';
import type { Verification } from '../../tool/verification.ts';
import type { Change } from '../../tool/work.ts';
import type { PictureSurface } from '../view/picture-surface.ts';

/** Things of a work that a model has predicted, by their numbers. */
export interface Predictions {
  readonly verification: Verification;
  readonly noun: Noun;
  /** The template gave some, and they are there. */
  readonly isReady: boolean;
  /** Another one after each start over, by the template or by a draft; and another one after each change. */
  readonly origin: unknown;
  readonly moment: unknown;
  /** The last change was an undo. */
  readonly isUndone: boolean;
  /** All there were at the start, the most doubtful first. */
  order(): readonly number[];
  /** Those that a draft tells of as looked at, where it has come before them. */
  takeChecked?(): Iterable<number>;
  /** All there are, and those on screen; the same list until something changes. */
  readonly all: readonly unknown[];
  readonly shown: readonly unknown[];
  idsOf(list: readonly unknown[]): ReadonlySet<number>;
  readonly hidesSome: boolean;
  /** Those that have changed, or come back, since an earlier moment. */
  changedSince(moment: unknown): readonly number[];
  readonly selected: number | undefined;
  select(id: number | undefined): void;
  boundsOf(id: number): Rect | undefined;
  removeSelected(): void;
  /** A press picks what is there, or makes something new. */
  pick(): void;
  draw(): void;
  /** Something is half done that is not made again by a click or two. */
  readonly isUnfinished: boolean;
  /** Something is half done, to which the keys belong. */
  readonly isBusy: boolean;
  listen(listener: (change: Change) => void): void;
}

export class Verifying {
  private isLinked = false;
  /** Nobody has decided yet whether to begin with it. */
  private isDue = true;
  private origin: unknown;
  private moment: unknown;
  private shown: readonly unknown[] | undefined;
  private ids: readonly number[] = [];
  /** How large this has shown the picture last. */
  private scale: number | undefined;

  constructor(
    readonly predictions: Predictions,
    private readonly surface: PictureSurface,
    private readonly host: ReactiveControllerHost,
  ) {
    predictions.listen((change) => change !== 'live' && this.follow());
    // What the worker likes, and what they left, comes right after the portal has answered.
    void link.linked().then(() =>
      setTimeout(() => {
        this.isLinked = true;
        host.requestUpdate();
      }),
    );
    link.watch(({ type }) => type === 'read-only' && host.requestUpdate());
    preferences.follow('verify', (likes) => {
      if (likes === false && this.isOn && predictions.verification.progress.checked === 0) this.stop();
    });
  }

  /** Is there anything to check, for somebody who may? Not before it is known how they like to begin. */
  get isOffered(): boolean {
    return this.isLinked && this.predictions.isReady && this.ids.length > 0 && !isOnlyLooking();
  }

  get isOn(): boolean {
    return this.predictions.verification.phase !== 'off';
  }

  /** Somebody is at one of them, and no gesture has begun: the keys are meant for it. */
  get isAtOne(): boolean {
    const { verification, isBusy } = this.predictions;
    return verification.phase === 'each' && !isBusy && !this.surface.pointer?.isBusy;
  }

  /** To be called after each update: begins where there is something to check, unless the worker likes to begin otherwise. */
  consider(isDisabled: boolean): void {
    if (this.isOn && isOnlyLooking()) return this.stop();
    if (!this.isDue || isDisabled || !this.isOffered || !this.surface.picture) return;
    this.isDue = false;
    if (preferences.get('verify') === false || this.predictions.verification.left === 0) return;
    this.begin();
  }

  /** Something else is half done that would be lost, or to which its keys would go. */
  get hasToWait(): boolean {
    return !this.isOn && this.predictions.isUnfinished;
  }

  toggle(): void {
    if (!this.isOffered || this.hasToWait) return;
    // Past the last one it is over in any case: that says nothing of how the worker likes to begin.
    if (this.predictions.verification.phase !== 'rest') preferences.set('verify', !this.isOn);
    this.isDue = false;
    if (this.isOn) this.stop();
    else this.begin();
  }

  keep(): void {
    const { verification, selected } = this.predictions;
    // Whoever has let go of it sees it again first.
    if (selected !== undefined && selected === verification.current) verification.keep();
    this.show();
  }

  next(): void {
    this.predictions.verification.next();
    this.show();
  }

  /** False where there is none before. */
  back(): boolean {
    if (!this.predictions.verification.back()) return false;
    this.show();
    return true;
  }

  /** Next or previous, by the keys that lead through all shapes; false where those go their usual way. */
  step(step: 1 | -1): boolean {
    const { phase } = this.predictions.verification;
    if (step === -1) return phase !== 'off' && this.back();
    if (phase !== 'each') return false;
    this.next();
    return true;
  }

  /** Deletes the one that is looked at; what follows a deletion goes on to the next. */
  remove(): void {
    if (this.predictions.selected !== undefined) this.predictions.removeSelected();
  }

  /** On with those that nobody has looked at. */
  begin(): void {
    this.predictions.verification.begin();
    this.show();
  }

  private stop(): void {
    const { verification } = this.predictions;
    const wasAtOne = verification.phase === 'each';
    verification.stop();
    if (wasAtOne) {
      this.predictions.select(undefined);
      this.predictions.draw();
      // Who has zoomed in on something else stays there.
      if (this.surface.view.scale === this.scale) this.surface.startOver();
    }
    this.host.requestUpdate();
  }

  /** Selects the one that is looked at and brings it into sight; past the last one, shows the whole picture to draw on. */
  private show(): void {
    const { predictions, surface } = this;
    const { phase, current } = predictions.verification;
    if (phase === 'rest') {
      predictions.select(undefined);
      predictions.draw();
      surface.showWhole();
    } else if (current !== undefined) {
      predictions.pick();
      predictions.select(current);
      const bounds = predictions.boundsOf(current);
      if (bounds) surface.inspect(bounds);
      this.scale = surface.view.scale;
    }
    this.host.requestUpdate();
  }

  /** Something changed: what there is, what is on screen, what is selected. */
  private follow(): void {
    const { predictions } = this;
    const { verification } = predictions;
    const { current } = verification;
    if (predictions.origin !== this.origin) this.startOver();
    const changed = predictions.moment === this.moment ? [] : predictions.changedSince(this.moment);
    const isNews = predictions.moment !== this.moment || predictions.shown !== this.shown;
    this.moment = predictions.moment;
    this.shown = predictions.shown;
    for (const id of changed) if (predictions.isUndone) verification.unmark(id);
    else verification.mark(id);
    if (isNews) this.see();
    if (!this.isOn) return;
    const { selected } = predictions;
    if (predictions.isUndone && changed.some((id) => verification.go(id))) this.show();
    else if (verification.phase === 'each' && selected !== undefined) verification.go(selected);
    else if (isNews && (verification.current !== current || (verification.current !== undefined && selected === undefined))) this.show();
  }

  private see(): void {
    const { predictions } = this;
    const there = predictions.idsOf(predictions.all);
    const gone = this.ids.filter((id) => !there.has(id)).length;
    predictions.verification.see({ shown: predictions.idsOf(predictions.shown), hidesSome: predictions.hidesSome, gone });
  }

  private startOver(): void {
    const { predictions } = this;
    this.origin = predictions.origin;
    this.moment = predictions.moment;
    this.ids = predictions.order();
    this.isDue = true;
    this.shown = undefined;
    const wasOn = this.isOn;
    predictions.verification.start(this.ids);
    for (const id of predictions.takeChecked?.() ?? []) predictions.verification.mark(id);
    if (wasOn) predictions.draw();
  }
}
