/** The keys by which shapes are selected together, copied, locked, put out of sight and found in their list. */
import { withArticle } from '../../base/article.ts';
import type { ObjectList } from '../../tool/objects/object-list.ts';
import { plain, withControl, type Hint, type Shortcut } from '../../tool/shortcuts.ts';
import type { Clipboard } from './clipboard.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';
import type { Snapping } from '../snapping/snapping.ts';
import type { Surface } from '../surface.ts';

type Objects<S extends Shape> = {
  readonly kind: ShapeKind<S>;
  readonly shapes: Shapes<S>;
  readonly surface: Surface<S>;
  readonly clipboard: Clipboard<S>;
  readonly list: ObjectList;
  /** Where shapes of this kind can snap to the picture. */
  readonly snapping: Snapping | undefined;
};

/** Copying is the browser's while a text of the page is selected. */
const hasText = (): boolean => document.getSelection()?.isCollapsed === false;

/** The keys that do something to shapes, and to all of those that are selected. */
export function objectKeys<S extends Shape>({ kind, shapes, surface, clipboard, list, snapping }: Objects<S>): Shortcut[] {
  const { singular, plural } = kind.noun;
  const ids = (): number[] => shapes.selectedItems.map(({ id }) => id);
  const isFree = (): boolean => surface.picture !== undefined && shapes.unfinished === undefined;
  return [
    {
      keys: 'Ctrl + A',
      does: `Select all ${plural} that are seen and not locked`,
      matches: withControl(false, 'a'),
      run: () => isFree() && surface.several.selectAll(),
    },
    {
      keys: 'Ctrl + C',
      does: `Copy the selected ${plural}`,
      aims: true,
      matches: (event) => withControl(false, 'c')(event) && !hasText() && (clipboard.canCopy || shapes.meant !== undefined),
      run: () => clipboard.copy(),
    },
    {
      keys: 'Ctrl + V',
      does: `Paste them where the pointer is, also in the next task`,
      matches: (event) => withControl(false, 'v')(event) && isFree() && clipboard.canPaste,
      run: () => surface.picture && clipboard.paste(surface.pointed, surface.picture),
    },
    {
      keys: 'Ctrl + D',
      does: `Duplicate the selected ${plural}`,
      aims: true,
      matches: withControl(false, 'd'),
      run: () => isFree() && surface.picture && clipboard.duplicate(surface.picture),
    },
    {
      keys: 'U',
      does: `Lock the selected ${plural}, so that nothing changes them; again: unlock them`,
      aims: true,
      matches: plain('u'),
      run: () => shapes.marks.toggleLocked(ids()),
    },
    {
      keys: 'Shift + H',
      does: `Hide the selected ${plural}; they stay in the answer, and H shows them again`,
      aims: true,
      matches: (event) => event.shiftKey && plain('h')(event),
      run: () => shapes.marks.toggleHidden(ids()),
    },
    { keys: 'O', does: `Search the list of ${plural}; Escape leads back`, matches: plain('o'), run: () => list.focus() },
    ...(snapping
      ? [{ keys: 'G', does: `Let sides and vertices of ${withArticle(singular)} snap to edges of the picture, or not`, matches: plain('g'), run: () => snapping.toggle() }]
      : []),
  ];
}

/** What a pointer does with Shift. */
export const objectHints = <S extends Shape>({ noun: { singular, plural } }: ShapeKind<S>): Hint[] => [
  { keys: 'Shift + click', does: `While you select: add the ${singular} to what is selected, or take it away` },
  { keys: 'Shift + drag', does: `While you select, from a place without ${withArticle(singular)}: select all ${plural} in a rectangle` },
];
