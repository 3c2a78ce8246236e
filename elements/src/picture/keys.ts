/** The keys of a picture with shapes. */
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import type { Commands } from './commands.ts';
import type { PictureSurface } from './picture-surface.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { closerKey, panKey, viewKeys, WHEEL } from './view-keys.ts';

export function pictureKeys<S extends Shape>(commands: Commands<S>, surface: PictureSurface, kind: ShapeKind<S>): Stage['keys'] {
  const { drawing, geometry } = kind;
  const { singular } = kind.noun;
  const { press } = drawing;
  const work: Shortcut[] = [
    { keys: 'N', does: drawing.insertion, matches: plain('n'), run: () => commands.insert() },
    ...(drawing.resume ? [finishing(commands, singular)] : []),
    { keys: 'D', does: drawing.effect, matches: plain('d'), run: () => commands.draw() },
    { keys: 'V', does: `Select: a drag moves a ${singular} or the picture`, matches: plain('v'), run: () => commands.pick() },
    {
      keys: 'Arrow keys',
      does: `Move the ${singular} by 1 pixel, with Shift by 10; without a selection, move the picture`,
      matches: (event) => isArrow(event) && isPlain(event),
      run: (event) => commands.nudge(...arrowSteps(event)),
      released: () => commands.endRun(),
    },
    ...(geometry.grow ? [resizing(commands, singular)] : []),
    ...(geometry.handleNoun ? [steppingHandles(commands, singular, geometry.handleNoun)] : []),
    ...(geometry.split ? [splitting(commands, singular)] : []),
  ];
  const pointer: (Hint | Shortcut)[] = [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${singular}, while the picture has the focus` },
    { keys: 'Escape', does: `Let go of the ${singular}; pressed again, Tab leaves the picture` },
    panKey(surface),
    { keys: `Shift + ${press}`, does: `Draw a ${singular} where another one lies` },
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
  matches: plain('e'),
  run: ({ shiftKey }) => commands.stepHandle(shiftKey ? -1 : 1),
});

const splitting = <S extends Shape>(commands: Commands<S>, singular: string): Shortcut => ({
  keys: 'I',
  does: `Insert a vertex into the ${singular} after the chosen one; Delete takes the chosen one away`,
  matches: plain('i'),
  run: () => commands.split(),
});

const resizing = <S extends Shape>(commands: Commands<S>, singular: string): Shortcut => ({
  keys: 'Ctrl + Arrow, Alt + Arrow',
  does: `Resize the ${singular} by 1 pixel, with Shift by 10`,
  matches: (event) => isArrow(event) && !isPlain(event),
  run: (event) => commands.grow(...arrowSteps(event)),
  released: () => commands.endRun(),
});
