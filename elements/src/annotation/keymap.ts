/** Which key does what: one table for the keyboard and for the help that lists it. */
import type { Commands } from './commands.ts';
import type { Shape } from './model/annotations.ts';

type Run = (commands: Commands<Shape>, event: KeyboardEvent) => void;

export type Shortcut = {
  /** The keys as the help shows them; alternatives are separated by commas. */
  readonly keys: string;
  readonly does: string;
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly run: Run;
};

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const modifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;
/** No modifier but Shift. */
export const isPlain = (event: KeyboardEvent): boolean => !modifier(event) && !event.altKey;
const plain = (...keys: string[]): Shortcut['matches'] => (event) => isPlain(event) && keys.includes(event.key.toLowerCase());
const withControl = (shift: boolean, key: string): Shortcut['matches'] => (event) =>
  modifier(event) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;

const arrow = (event: KeyboardEvent): readonly [number, number] => {
  const [x, y] = ARROWS[event.key] ?? [0, 0];
  const step = event.shiftKey ? 10 : 1;
  return [x * step, y * step];
};

/** The keys of every image tool; `noun` is the tool's word for a shape. */
export const keymap = (noun: string): readonly Shortcut[] => [
  {
    keys: '1 … 9, 0',
    does: `Choose a label; also changes the selected ${noun}`,
    matches: (event) => isPlain(event) && /^\d$/.test(event.key),
    run: (commands, event) => commands.chooseLabelAt(event.key),
  },
  { keys: 'N', does: `Add a ${noun} in the middle`, matches: plain('n'), run: (commands) => commands.insert() },
  { keys: 'D', does: `Draw: every drag makes a ${noun}`, matches: plain('d'), run: (commands) => commands.draw() },
  { keys: 'V', does: `Select: a drag moves a ${noun} or the picture`, matches: plain('v'), run: (commands) => commands.pick() },
  {
    keys: 'Arrow keys',
    does: `Move the ${noun} by 1 pixel, with Shift by 10; without a selection, move the picture`,
    matches: (event) => event.key in ARROWS && isPlain(event),
    run: (commands, event) => commands.nudge(...arrow(event)),
  },
  {
    keys: 'Ctrl + Arrow, Alt + Arrow',
    does: `Resize the ${noun} by 1 pixel, with Shift by 10`,
    matches: (event) => event.key in ARROWS && !isPlain(event),
    run: (commands, event) => commands.grow(...arrow(event)),
  },
  { keys: 'Delete, Backspace', does: `Delete the ${noun}`, matches: plain('delete', 'backspace'), run: (commands) => commands.remove() },
  { keys: 'Ctrl + Z', does: 'Undo', matches: withControl(false, 'z'), run: (commands) => commands.undo() },
  {
    keys: 'Ctrl + Shift + Z, Ctrl + Y',
    does: 'Redo',
    matches: (event) => withControl(true, 'z')(event) || withControl(false, 'y')(event),
    run: (commands) => commands.redo(),
  },
  { keys: '+', does: 'Zoom in', matches: plain('+', '='), run: (commands) => commands.zoomIn() },
  { keys: '-', does: 'Zoom out', matches: plain('-', '_'), run: (commands) => commands.zoomOut() },
  { keys: 'F', does: 'Fit the picture', matches: plain('f'), run: (commands) => commands.fit() },
  { keys: 'R', does: 'Show the picture at its real size', matches: plain('r'), run: (commands) => commands.naturalSize() },
  { keys: 'H', does: 'Hide or show everything', matches: plain('h'), run: (commands) => commands.toggleAllHidden() },
];

/** Keys that the element itself handles, because they move the focus or open a dialog; listed for the help. */
export const focusKeys = (noun: string): readonly { keys: string; does: string }[] => [
  { keys: 'Tab, Shift + Tab', does: `Next, previous ${noun}, while the picture has the focus` },
  { keys: 'Escape', does: `Let go of the ${noun}; pressed again, Tab leaves the picture` },
  { keys: 'Space + drag', does: 'Move the picture (also with the middle button or two fingers)' },
  { keys: 'Shift + drag', does: `Draw a ${noun} inside the selected one` },
  { keys: 'Wheel', does: 'Zoom about the cursor' },
  { keys: '/', does: 'Search the labels; Enter chooses the first one found' },
  { keys: '?', does: 'Show these keys' },
  { keys: 'Ctrl + Enter', does: 'Submit' },
];
