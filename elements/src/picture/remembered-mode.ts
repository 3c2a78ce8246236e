/** Work begins in the mode in which the worker left the task before. Knows no DOM. */
import type { Preferences } from '../frame/preferences.ts';
import type { Annotations, Mode } from '../tool/annotations.ts';
import type { Item } from '../tool/item-list.ts';

const isMode = (value: unknown): value is Mode => value === 'draw' || value === 'select';

export class RememberedMode<I extends Item> {
  private known: Mode;
  private isLent = false;

  constructor(
    private readonly work: Annotations<I>,
    preferences: Preferences,
  ) {
    this.known = work.mode;
    preferences.follow('mode', (mode) => {
      if (!isMode(mode)) return;
      this.known = mode;
      if (this.isLent) return;
      work.mode = mode;
      work.notify();
    });
    work.listen(() => {
      if (this.isLent || work.mode === this.known) return;
      this.known = work.mode;
      preferences.set('mode', this.known);
    });
  }

  /** Something else sets the mode for a while, which is not how the worker wants it from now on. */
  lend(mode: Mode): void {
    this.isLent = true;
    this.work.mode = mode;
  }

  /** The worker goes on in this mode, without having chosen it. */
  takeBack(mode: Mode): void {
    this.isLent = false;
    this.known = mode;
    this.work.mode = mode;
  }
}
