/** The key that leads to the slider of scores. */
import { plain, type Shortcut } from '../../tool/shortcuts.ts';
import type { Scores } from './scores.ts';

export const scoreKey = ({ noun }: Pick<Scores, 'noun'>, focus: () => void): Shortcut => ({
  keys: 'S',
  does: `Show ${noun.plural} from a score on, where scores are given: arrow keys by 0.01, Page keys by 0.10; Enter or Escape: back to the picture`,
  matches: plain('s'),
  run: focus,
});
