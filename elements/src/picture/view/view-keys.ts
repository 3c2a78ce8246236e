/** The keys and buttons of every picture, whatever is done on it: what is shown of it, and how large. */
import { html, type nothing, type TemplateResult } from 'lit';
import { icon } from '../../base/icons.ts';
import { arrowSteps, isArrow } from '../../tool/arrows.ts';
import { button } from '../../tool/button.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../../tool/shortcuts.ts';
import type { PictureSurface } from './picture-surface.ts';

export const viewKeys = (surface: PictureSurface): Shortcut[] => [
  { keys: '+', does: 'Zoom in', matches: plain('+', '='), looks: true, run: () => surface.zoomIn() },
  { keys: '-', does: 'Zoom out', matches: plain('-', '_'), looks: true, run: () => surface.zoomOut() },
  { keys: 'F', does: 'Fit the picture', matches: plain('f'), looks: true, run: () => surface.fit() },
  { keys: 'R', does: 'Show the picture at its real size', matches: plain('r'), looks: true, run: () => surface.naturalSize() },
  {
    keys: 'C, Shift + C',
    does: 'Brightness, contrast, what the wheel does; with Shift, reset brightness and contrast',
    matches: plain('c'),
    looks: true,
    run: ({ shiftKey }) => (shiftKey ? surface.light.reset() : surface.togglePanel()),
  },
];

/** A look at one of what is worked on, which is called so. */
export const closerKey = (surface: PictureSurface, singular: string): Shortcut => ({
  keys: 'Z',
  does: `Zoom to the ${singular} that is selected or under the pointer; again, back to what was seen before`,
  matches: plain('z'),
  looks: true,
  run: ({ repeat }) => repeat || surface.lookCloser(),
});

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

export const WHEEL: Hint = {
  keys: 'Wheel',
  does: 'Zoom about the cursor, or scroll where that is chosen (C); with Ctrl, always zoom; with Shift, move sideways. Two fingers on a touch pad move the picture',
};

/** `closer`: the button that leads to what is selected, where there is such a thing. */
export function viewButtons(surface: PictureSurface, closer: TemplateResult | typeof nothing): TemplateResult {
  const scale = `${Math.round(surface.view.scale * 100)}%`;
  return html`
    ${button({ id: 'zoom-out', icon: 'minus', title: 'Zoom out', keys: '-', run: () => surface.zoomOut() })}
    <button class="button quiet scale" type="button" title="Real size (R)" aria-label="${scale}, show the real size" @click=${() => surface.naturalSize()}>
      ${scale}
    </button>
    ${button({ id: 'zoom-in', icon: 'plus', title: 'Zoom in', keys: '+', run: () => surface.zoomIn() })}
    ${button({ id: 'fit', icon: 'fit', title: 'Fit the picture', keys: 'F', run: () => surface.fit() })}
    ${closer} ${adjusting(surface)}
  `;
}

export const closerButton = (surface: PictureSurface, singular: string): TemplateResult => {
  const { isCloser } = surface;
  const disabled = !isCloser && !surface.target?.isSelected;
  return button({ id: 'closer', icon: 'closer', title: `Zoom to the ${singular}`, keys: 'Z', disabled, pressed: isCloser, run: () => surface.lookCloser() });
};

/** Opens the panel; while the picture is not shown as it is, it says so, without a word that would move what stands beside it. */
function adjusting({ light, isPanelOpen, togglePanel }: PictureSurface): TemplateResult {
  const { isNeutral, words } = light;
  return html`
    <button
      id="adjust"
      class="button quiet ${isNeutral ? '' : 'adjusted'}"
      type="button"
      title="Brightness, contrast, wheel (C)${isNeutral ? '' : `; now ${words}`}"
      aria-label="How the picture is shown${isNeutral ? '' : `: ${words}`}"
      aria-keyshortcuts="C"
      aria-expanded=${String(isPanelOpen)}
      @click=${togglePanel}
    >
      ${icon('contrast')}
    </button>
  `;
}
