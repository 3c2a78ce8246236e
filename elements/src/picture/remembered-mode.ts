/** Work begins in the mode in which the worker left the task before. Knows no DOM. */
import type { Preferences } from '../frame/preferences.ts';
import type { Annotations, Item, Mode } from '../tool/annotations.ts';

const isMode = (value: unknown): value is Mode => value === 'draw' || value === 'select';

export function rememberMode<I extends Item>(work: Annotations<I>, preferences: Preferences): void {
  let known = work.mode;
  preferences.follow('mode', (mode) => {
    if (!isMode(mode)) return;
    known = mode;
    work.mode = mode;
    work.notify();
  });
  work.listen(() => {
    if (work.mode === known) return;
    known = work.mode;
    preferences.set('mode', known);
  });
}
