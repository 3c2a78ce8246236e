/** The label that the worker chose last is chosen again, where it is offered still; else the first. Knows no DOM. */
import type { Preferences } from '../frame/preferences.ts';
import type { Work } from '../tool/work.ts';

export function rememberLabel(work: Pick<Work, 'labels' | 'listen'>, preferences: Preferences): void {
  const { labels } = work;
  let { active: known, list } = labels;
  let liked: string | undefined;

  const choose = (): void => {
    if (liked !== undefined && labels.has(liked)) labels.choose(liked);
  };
  const take = (): void => {
    known = labels.active;
    liked = known;
    preferences.set('label', known);
  };

  preferences.follow('label', (label) => {
    if (typeof label !== 'string') return;
    liked = label;
    choose();
  });
  work.listen(() => {
    // Of another list, which a script may give at any time, nobody has chosen one yet.
    if (labels.list !== list) {
      ({ active: known, list } = labels);
      choose();
    } else if (labels.active === liked) known = labels.active;
    else if (labels.active !== known) take();
  });
}
