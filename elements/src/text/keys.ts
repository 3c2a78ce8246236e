/** The keys of a text with spans. */
import { withArticle } from '../base/article.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import type { TextCommands } from './text-commands.ts';

const SIDEWAYS: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowRight: 1 };
const UPRIGHT: Record<string, 1 | -1> = { ArrowUp: -1, ArrowDown: 1 };

const sideways = (event: KeyboardEvent): 1 | -1 => SIDEWAYS[event.key] ?? 1;

export function textKeys(commands: TextCommands, noun: string): Stage['keys'] {
  const released = (): void => commands.endRun();
  const work: Shortcut[] = [
    { keys: 'Enter', does: 'Mark what is highlighted with the chosen label', matches: plain('enter'), run: () => commands.mark() },
    {
      keys: '←, →',
      does: 'Highlight the word before or after',
      matches: (event) => event.key in SIDEWAYS && isPlain(event) && !event.shiftKey,
      run: (event) => commands.move(sideways(event)),
    },
    {
      keys: '↑, ↓',
      does: 'Highlight a word on the line above or below',
      matches: (event) => event.key in UPRIGHT && isPlain(event) && !event.shiftKey,
      run: ({ key }) => commands.moveLine(UPRIGHT[key] ?? 1),
    },
    {
      keys: 'Shift + ←, Shift + →',
      does: `Highlight a word more or less; move the end of the selected ${noun}`,
      matches: (event) => event.key in SIDEWAYS && isPlain(event) && event.shiftKey,
      run: (event) => commands.extend(sideways(event), 'word'),
      released,
    },
    {
      keys: 'Ctrl + Shift + ←, Alt + Shift + →',
      does: 'The same by a character',
      matches: (event) => event.key in SIDEWAYS && !isPlain(event) && event.shiftKey,
      run: (event) => commands.extend(sideways(event), 'character'),
      released,
    },
    { keys: 'X', does: 'From now on, move the other end', matches: plain('x'), run: () => commands.swapEnds() },
  ];
  const view: Shortcut[] = [
    { keys: '+', does: 'Larger text', matches: plain('+', '='), looks: true, run: () => commands.zoom(1) },
    { keys: '-', does: 'Smaller text', matches: plain('-', '_'), looks: true, run: () => commands.zoom(-1) },
  ];
  const pointer: Hint[] = [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${noun}, while the text has the focus` },
    { keys: 'Escape', does: 'Let go of what is highlighted or selected' },
    { keys: 'Drag, Double click', does: 'Mark with the chosen label' },
    { keys: 'Click', does: `Select ${withArticle(noun)}; clicked again, the one that lies under it` },
  ];
  return { work, view, pointer };
}
