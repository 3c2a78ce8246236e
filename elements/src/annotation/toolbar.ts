/** The buttons above the picture. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../base/icons.ts';
import type { Commands } from './commands.ts';
import type { Annotations, Shape } from './model/annotations.ts';

type Button = { id: string; icon: IconName; title: string; keys: string; run: () => void; disabled?: boolean; pressed?: boolean };

const button = ({ id, icon: name, title, keys, run, disabled, pressed }: Button): TemplateResult => html`
  <button
    id=${id}
    class="button quiet"
    type="button"
    title="${title} (${keys.replace('Control', 'Ctrl')})"
    aria-label=${title}
    aria-keyshortcuts=${keys}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    ?disabled=${disabled ?? false}
    @click=${run}
  >
    ${icon(name)}
  </button>
`;

export function toolbar<S extends Shape>(noun: string, annotations: Annotations<S>, commands: Commands<S>, scale: number, help: () => void): TemplateResult {
  const { history, mode, selected } = annotations;
  return html`
    <div class="headerButtonsContainer" role="toolbar" aria-label="Tools">
      <div class="group">
        ${button({ id: 'draw', icon: 'draw', title: 'Draw', keys: 'D', pressed: mode === 'draw', run: () => commands.draw() })}
        ${button({ id: 'select', icon: 'select', title: 'Select', keys: 'V', pressed: mode === 'select', run: () => commands.pick() })}
      </div>
      <div class="group">
        ${button({ id: 'undo', icon: 'undo', title: 'Undo', keys: 'Control+Z', disabled: !history.canUndo, run: () => commands.undo() })}
        ${button({ id: 'redo', icon: 'redo', title: 'Redo', keys: 'Control+Y', disabled: !history.canRedo, run: () => commands.redo() })}
        ${button({ id: 'delete', icon: 'trash', title: `Delete the ${noun}`, keys: 'Delete', disabled: !selected, run: () => commands.remove() })}
      </div>
      <div class="group">
        ${button({ id: 'zoom-out', icon: 'minus', title: 'Zoom out', keys: '-', run: () => commands.zoomOut() })}
        <button class="button quiet scale" type="button" title="Real size (R)" aria-label="${Math.round(scale * 100)}%, show the real size" @click=${() => commands.naturalSize()}>
          ${Math.round(scale * 100)}%
        </button>
        ${button({ id: 'zoom-in', icon: 'plus', title: 'Zoom in', keys: '+', run: () => commands.zoomIn() })}
        ${button({ id: 'fit', icon: 'fit', title: 'Fit the picture', keys: 'F', run: () => commands.fit() })}
      </div>
      <div class="group">${button({ id: 'help', icon: 'keyboard', title: 'Keyboard shortcuts', keys: '?', run: help })}</div>
    </div>
  `;
}
