/** The keys and buttons of every picture, whatever is done on it: what is shown of it, and how large. */
import { html, type TemplateResult } from 'lit';
import { arrowSteps, isArrow } from '../tool/arrows.ts';
import { button } from '../tool/button.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { PictureSurface } from './picture-surface.ts';

export const viewKeys = (surface: PictureSurface): Shortcut[] => [
  { keys: '+', does: 'Zoom in', matches: plain('+', '='), looks: true, run: () => surface.zoomIn() },
  { keys: '-', does: 'Zoom out', matches: plain('-', '_'), looks: true, run: () => surface.zoomOut() },
  { keys: 'F', does: 'Fit the picture', matches: plain('f'), looks: true, run: () => surface.fit() },
  { keys: 'R', does: 'Show the picture at its real size', matches: plain('r'), looks: true, run: () => surface.naturalSize() },
];

export const panKey = (surface: PictureSurface): Shortcut => ({
  keys: 'Space + drag',
  does: 'Move the picture (also with the middle button or two fingers)',
  matches: plain(' '),
  run: () => surface.setPanning(true),
  released: () => surface.setPanning(false),
});

/** Arrow keys that move the picture, where nothing else can be moved. */
export const arrowKeys = (surface: PictureSurface): Shortcut => ({
  keys: 'Arrow keys',
  does: 'Move the picture',
  matches: (event) => isArrow(event) && isPlain(event),
  looks: true,
  run: (event) => surface.step(...arrowSteps(event)),
});

export const WHEEL: Hint = { keys: 'Wheel', does: 'Zoom about the cursor' };

export function viewButtons(surface: PictureSurface): TemplateResult {
  const scale = `${Math.round(surface.view.scale * 100)}%`;
  return html`
    ${button({ id: 'zoom-out', icon: 'minus', title: 'Zoom out', keys: '-', run: () => surface.zoomOut() })}
    <button class="button quiet scale" type="button" title="Real size (R)" aria-label="${scale}, show the real size" @click=${() => surface.naturalSize()}>
      ${scale}
    </button>
    ${button({ id: 'zoom-in', icon: 'plus', title: 'Zoom in', keys: '+', run: () => surface.zoomIn() })}
    ${button({ id: 'fit', icon: 'fit', title: 'Fit the picture', keys: 'F', run: () => surface.fit() })}
  `;
}
