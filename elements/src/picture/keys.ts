/** The keys of a picture with shapes. */
import { withArticle } from '../base/article.ts';
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { hasControl, isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import type { Commands } from './commands.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { PictureSurface } from './view/picture-surface.ts';
import { closerKey, panKey, viewKeys, WHEEL } from './view/view-keys.ts';

export function pictureKeys<S extends Shape>(commands: Commands<S>, surface: PictureSurface, kind: ShapeKind<S>): Stage['keys'] {
  const { drawing, geometry } = kind;
  const { singular } = kind.noun;
  const { press } = drawing;
  const work: Shortcut[] = [
    { keys: 'N', does: drawing.insertion, matches: plain('n'), run: () => commands.insert() },
    ...(drawing.resume ? [finishing(commands, singular)] : []),
    { keys: 'D', does: drawing.effect, matches: plain('d'), run: () => commands.draw() },
    { keys: 'V', does: `Select: a drag moves ${withArticle(singular)} or the picture`, matches: plain('v'), run: () => commands.pick() },
    {
      keys: 'J, K',
      does: `Select the next, previous ${singular}, wherever the focus is`,
      matches: plain('j', 'k'),
      run: ({ key }) => commands.cycle(key.toLowerCase() === 'j' ? 1 : -1),
    },
    {
      keys: 'Arrow keys',
      does: `Move the ${singular}, or all that are selected, by 1 pixel, with Shift by 10; where none is selected or under the pointer, move the picture`,
      aims: true,
      matches: (event) => isArrow(event) && isPlain(event),
      run: (event) => commands.nudge(...arrowSteps(event)),
      released: () => commands.endRun(),
    },
    ...(geometry.moveSide ? movingSides(commands, singular) : []),
    ...(geometry.handleNoun ? [steppingHandles(commands, singular, geometry.handleNoun)] : []),
    ...(geometry.split ? [splitting(commands, singular)] : []),
  ];
  const pointer: (Hint | Shortcut)[] = [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${singular}, while the picture has the focus` },
    { keys: 'Escape', does: drawing.ways ? `Take back the last click of ${withArticle(singular)}, else let go of it` : `Let go of the ${singular}` },
    panKey(surface),
    { keys: 'Ctrl + drag, Alt + drag', does: `Move ${withArticle(singular)} while you draw` },
    { keys: drawing.click ? 'Shift + click, Shift + drag' : `Shift + ${press}`, does: `Draw ${withArticle(singular)} where another one lies` },
    WHEEL,
  ];
  return { work, view: [...viewKeys(surface), closerKey(surface, singular)], pointer };
}

const finishing = <S extends Shape>(commands: Commands<S>, singular: string): Shortcut => ({
  keys: 'Enter',
  does: `Finish the ${singular}; Escape, Backspace or Undo take its last vertex back`,
  matches: plain('enter'),
  run: () => commands.finish(),
});

const steppingHandles = <S extends Shape>(commands: Commands<S>, singular: string, noun: string): Shortcut => ({
  keys: 'E, Shift + E',
  does: `Choose the next, previous ${noun} of the ${singular}, which the arrow keys then move alone; Escape lets go of it`,
  aims: true,
  matches: plain('e'),
  run: ({ shiftKey }) => commands.stepHandle(shiftKey ? -1 : 1),
});

const splitting = <S extends Shape>(commands: Commands<S>, singular: string): Shortcut => ({
  keys: 'I',
  does: `Insert a vertex into the ${singular} after the chosen one; Delete takes the chosen one away`,
  aims: true,
  matches: plain('i'),
  run: () => commands.split(),
});

const movingSides = <S extends Shape>(commands: Commands<S>, singular: string): Shortcut[] => {
  const bySide = (keys: string, does: string, pulls: boolean): Shortcut => ({
    keys,
    does,
    aims: true,
    matches: (event) => isArrow(event) && hasControl(event) === pulls && event.altKey !== pulls,
    run: (event) => commands.moveSide(...arrowSteps(event), pulls),
    released: () => commands.endRun(),
  });
  return [
    bySide('Alt + Arrow', `Push the side of the ${singular} that faces that way out by 1 pixel, with Shift by 10`, false),
    bySide('Ctrl + Arrow', `Pull the opposite side of the ${singular} in that way by 1 pixel, with Shift by 10`, true),
  ];
};
