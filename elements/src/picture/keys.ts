/** The keys of a picture with shapes. */
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import type { Commands } from './commands.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const arrow = (event: KeyboardEvent): readonly [number, number] => {
  const [x, y] = ARROWS[event.key] ?? [0, 0];
  const step = event.shiftKey ? 10 : 1;
  return [x * step, y * step];
};

export function pictureKeys<S extends Shape>(commands: Commands<S>, { noun: { singular }, drawing, geometry }: ShapeKind<S>): Stage['keys'] {
  const { press } = drawing;
  const work: Shortcut[] = [
    { keys: 'N', does: drawing.insertion, matches: plain('n'), run: () => commands.insert() },
    ...(drawing.resume ? [finishing(commands, singular)] : []),
    { keys: 'D', does: drawing.effect, matches: plain('d'), run: () => commands.draw() },
    { keys: 'V', does: `Select: a drag moves a ${singular} or the picture`, matches: plain('v'), run: () => commands.pick() },
    {
      keys: 'Arrow keys',
      does: `Move the ${singular} by 1 pixel, with Shift by 10; without a selection, move the picture`,
      matches: (event) => Object.hasOwn(ARROWS, event.key) && isPlain(event),
      run: (event) => commands.nudge(...arrow(event)),
      released: () => commands.endRun(),
    },
    ...(geometry.grow ? [resizing(commands, singular)] : []),
    ...(geometry.handleNoun ? [steppingHandles(commands, singular, geometry.handleNoun)] : []),
    ...(geometry.split ? [splitting(commands, singular)] : []),
  ];
  const view: Shortcut[] = [
    { keys: '+', does: 'Zoom in', matches: plain('+', '='), run: () => commands.zoomIn() },
    { keys: '-', does: 'Zoom out', matches: plain('-', '_'), run: () => commands.zoomOut() },
    { keys: 'F', does: 'Fit the picture', matches: plain('f'), run: () => commands.fit() },
    { keys: 'R', does: 'Show the picture at its real size', matches: plain('r'), run: () => commands.naturalSize() },
  ];
  const pointer: (Hint | Shortcut)[] = [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${singular}, while the picture has the focus` },
    { keys: 'Escape', does: `Let go of the ${singular}; pressed again, Tab leaves the picture` },
    {
      keys: 'Space + drag',
      does: 'Move the picture (also with the middle button or two fingers)',
      matches: plain(' '),
      run: () => commands.setPanning(true),
      released: () => commands.setPanning(false),
    },
    { keys: `Shift + ${press}`, does: `Draw a ${singular} where another one lies` },
    { keys: 'Wheel', does: 'Zoom about the cursor' },
  ];
  return { work, view, pointer };
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
  matches: (event) => Object.hasOwn(ARROWS, event.key) && !isPlain(event),
  run: (event) => commands.grow(...arrow(event)),
  released: () => commands.endRun(),
});
