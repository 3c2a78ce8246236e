/** The keys by which predictions are checked one by one. */
import { isPlain, plain, type Shortcut } from '../../tool/shortcuts.ts';
import type { Verifying } from './verifying.ts';

/** Plain keys without Shift: a held one counts once, so that nobody keeps or deletes what they have not seen. */
const once = (run: () => void): Shortcut['run'] => ({ repeat }) => repeat || run();

export function verifyKeys(verifying: Verifying): Shortcut[] {
  const { singular, plural } = verifying.predictions.noun;
  const atOne = (matches: Shortcut['matches']): Shortcut['matches'] => (event) => verifying.isAtOne && matches(event);
  const isBack: Shortcut['matches'] = (event) => isPlain(event) && (event.shiftKey ? event.key === 'Enter' : event.key.toLowerCase() === 'k');
  return [
    { keys: 'Q', does: `Check the given ${plural} one by one, the least certain first; again: stop`, matches: plain('q'), run: once(() => verifying.toggle()) },
    {
      keys: 'Space, Enter',
      does: `While checking: keep the ${singular} and go on`,
      matches: atOne((event) => !event.shiftKey && plain(' ', 'enter')(event)),
      run: once(() => verifying.keep()),
    },
    {
      keys: 'X, Delete',
      does: `While checking: delete the ${singular} and go on`,
      matches: (event) => verifying.isAtOne && verifying.predictions.selected !== undefined && plain('x', 'delete', 'backspace')(event),
      run: once(() => verifying.remove()),
    },
    {
      keys: 'K, Shift + Enter',
      does: `While checking: back to the ${singular} before`,
      matches: (event) => verifying.isOn && !verifying.predictions.isBusy && isBack(event),
      run: () => void verifying.back(),
    },
    { keys: 'J', does: `While checking: on to the next ${singular} without a decision`, matches: atOne(plain('j')), run: () => verifying.next() },
  ];
}
