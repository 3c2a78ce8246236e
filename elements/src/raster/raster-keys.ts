/** The keys of a picture with a mask. */
import { closerKey, panKey, viewKeys, WHEEL } from '../picture/view-keys.ts';
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import type { Painter, Tool } from './painter.ts';
import type { RasterKind } from './raster-kind.ts';
import type { RasterSurface } from './raster-surface.ts';
import type { Segmentation } from './segmentation.ts';

const OPACITY_STEP = 0.1;

/** Where brackets take a third key, the second ones are near. */
const SMALLER = ['[', ','];
const LARGER = [']', '.'];

type Parts = { readonly painter: Painter; readonly surface: RasterSurface; readonly work: Segmentation; readonly kind: RasterKind };

export function rasterKeys({ painter, surface, work, kind }: Parts): Stage['keys'] {
  const { singular } = kind.noun;
  const tool = (key: string, name: Tool, does: string): Shortcut => ({ keys: key, does, matches: plain(key.toLowerCase()), run: () => painter.choose(name) });
  const paint: Shortcut = {
    keys: 'Space',
    does: 'At the cursor that arrow keys move: paint while it is held, add a corner, fill, or select',
    matches: (event) => plain(' ')(event) && surface.hasKeyboard,
    run: ({ repeat }) => repeat || surface.hold(),
    released: () => surface.release(),
  };
  const another: Shortcut = { keys: 'N', does: `Begin another ${singular} of the chosen label`, matches: plain('n'), run: () => work.select(undefined) };
  const workKeys: Shortcut[] = [
    ...(kind.isPerLabel ? [] : [another]),
    tool('B', 'brush', 'Brush'),
    tool('E', 'eraser', 'Eraser'),
    { keys: '[, ]', does: 'Smaller, larger brush; also the comma and the full stop', matches: plain(...SMALLER, ...LARGER), run: ({ key }) => painter.resize(SMALLER.includes(key) ? -1 : 1) },
    tool('P', 'polygon', 'Polygon: a click adds a corner, a drag draws freely'),
    { keys: 'Enter', does: 'Close the polygon and fill it', matches: plain('enter'), run: () => void painter.close() },
    tool('G', 'fill', 'Fill what hangs together'),
    tool('V', 'select', `Select: a click selects a ${singular}, a drag beside them moves the picture`),
    {
      keys: 'Arrow keys',
      does: 'Move the cursor; with Shift, ten times as far',
      matches: (event) => isArrow(event) && isPlain(event),
      run: (event) => surface.moveCursor(...arrowSteps(event)),
    },
    paint,
  ];
  const view: Shortcut[] = [
    ...viewKeys(surface),
    closerKey(surface, singular),
    { keys: 'O, Shift + O', does: 'Cover up more, less of the picture', matches: plain('o'), run: ({ shiftKey }) => surface.setOpacity(surface.layer.opacity + (shiftKey ? -1 : 1) * OPACITY_STEP) },
  ];
  const pointer: (Hint | Shortcut)[] = [
    { keys: 'Tab, Shift + Tab', does: `Next, previous ${singular}, while the picture has the focus` },
    { keys: 'Escape', does: `Let go of the polygon or the ${singular}` },
    panKey(surface),
    { keys: 'Shift + click', does: 'Paint a straight line from where the last stroke ended' },
    WHEEL,
  ];
  return { work: workKeys, view, pointer };
}
