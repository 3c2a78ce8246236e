/** The keys of a picture with a mask. */
import { withArticle } from '../base/article.ts';
import { closerKey, panKey, viewKeys, WHEEL } from '../picture/view/view-keys.ts';
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import { removeSelected } from '../tool/taking-back.ts';
import type { Painter, Tool } from './painter.ts';
import type { RasterKind } from './raster-kind.ts';
import type { RasterStage } from './raster-stage.ts';
import type { RasterSurface } from './raster-surface.ts';
import type { Segmentation } from './segmentation.ts';

const OPACITY_STEP = 0.1;

/** Where brackets take a third key, the second ones are near. */
const SMALLER = ['[', ','];
const LARGER = [']', '.'];

type Parts = {
  readonly stage: RasterStage;
  readonly painter: Painter;
  readonly surface: RasterSurface;
  readonly work: Segmentation;
  readonly kind: RasterKind;
};

const shifted = (key: string): Shortcut['matches'] => (event) => event.shiftKey && plain(key)(event);

export function rasterKeys(parts: Parts): Stage['keys'] {
  const { stage, surface } = parts;
  const view: Shortcut[] = [
    ...viewKeys(surface),
    closerKey(surface, parts.kind.noun.singular),
    { keys: 'O, Shift + O', does: 'Cover up more, less of the picture', matches: plain('o'), run: ({ shiftKey }) => stage.setOpacity(stage.opacity + (shiftKey ? -1 : 1) * OPACITY_STEP) },
  ];
  return { work: [...toolKeys(parts), ...regionKeys(parts), ...cursorKeys(parts)], view, pointer: pointerHints(parts) };
}

function toolKeys({ painter, kind }: Parts): Shortcut[] {
  const { singular } = kind.noun;
  const tool = (key: string, name: Tool, does: string): Shortcut => ({
    keys: key,
    does,
    matches: (event) => !event.shiftKey && plain(key.toLowerCase())(event),
    run: () => painter.choose(name),
  });
  return [
    tool('B', 'brush', 'Brush'),
    tool('E', 'eraser', 'Eraser'),
    { keys: '[, ]', does: 'Smaller, larger brush or eraser; also the comma and the full stop', matches: plain(...SMALLER, ...LARGER), run: ({ key }) => painter.resize(SMALLER.includes(key) ? -1 : 1) },
    tool('A', 'lasso', 'Lasso: draw freely around what is to be filled'),
    tool('P', 'polygon', 'Polygon: a click adds a corner, a drag draws freely'),
    { keys: 'Enter', does: 'Close the polygon and fill it', matches: plain('enter'), run: () => void painter.close() },
    tool('G', 'fill', 'Fill what hangs together'),
    tool('V', 'select', `Select: a click selects ${withArticle(singular)}, a drag beside them moves the picture`),
    ...(kind.isPerLabel ? [] : [tool('Y', 'split', `Split: draw a line across ${withArticle(singular)} to cut it in two`)]),
  ];
}

function regionKeys({ stage, work, kind }: Parts): Shortcut[] {
  const { singular, plural } = kind.noun;
  const { rearranging } = stage;
  const forInstances: Shortcut[] = [
    { keys: 'N', does: `Begin another ${singular} of the chosen label`, matches: plain('n'), run: () => work.select(undefined) },
    { keys: 'Shift + M', does: `Make ${withArticle(singular)} of each part of the selected one`, matches: shifted('m'), run: () => rearranging.split() },
    { keys: 'M', does: `Merge the selected ${plural} into the one that was selected first`, matches: plain('m'), run: () => rearranging.merge() },
  ];
  return [
    ...(kind.isPerLabel ? [] : forInstances),
    { keys: 'Shift + G', does: `Fill the holes of the ${singular}`, matches: shifted('g'), run: () => rearranging.fillHoles() },
    { keys: 'J', does: `Next ${singular}`, matches: plain('j'), run: () => void stage.step(1) },
    { keys: 'K', does: `Previous ${singular}`, matches: plain('k'), run: () => void stage.step(-1) },
    { keys: 'X', does: `Delete the selected ${singular}, or the one under the pointer in Select`, matches: plain('x'), run: () => removeSelected(stage) },
  ];
}

const cursorKeys = ({ surface }: Parts): Shortcut[] => [
  {
    keys: 'Arrow keys',
    does: 'Move the cursor; with Shift, ten times as far',
    matches: (event) => isArrow(event) && isPlain(event),
    run: (event) => surface.moveCursor(...arrowSteps(event)),
  },
  {
    keys: 'Space',
    does: 'At the cursor that arrow keys move: paint while it is held, add a corner, fill, or select',
    matches: (event) => plain(' ')(event) && surface.hasKeyboard,
    run: ({ repeat, shiftKey }) => repeat || surface.hold(shiftKey),
    released: () => surface.release(),
  },
];

function pointerHints({ surface, kind }: Parts): (Hint | Shortcut)[] {
  const { singular } = kind.noun;
  const adds: Hint = { keys: 'Shift + click', does: `In Select: add ${withArticle(singular)} to the selected ones, or take it out` };
  return [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${singular}, while the picture has the focus` },
    { keys: 'Escape', does: `Let go of the polygon or the ${singular}` },
    panKey(surface),
    { keys: 'Shift + click', does: 'Paint a straight line from where the last stroke ended' },
    ...(kind.isPerLabel ? [] : [adds]),
    { keys: 'Alt + wheel', does: 'Smaller, larger brush or eraser' },
    WHEEL,
  ];
}
