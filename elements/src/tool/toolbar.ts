/** The buttons above the stage. */
import { html, type TemplateResult } from 'lit';
import { button } from './button.ts';
import type { Stage } from './stage.ts';

export function toolbar(stage: Stage, help: () => void): TemplateResult {
  const { work, noun } = stage;
  return html`
    <div class="headerButtonsContainer" role="toolbar" aria-label="Tools">
      <div class="group">${stage.modeButtons()}</div>
      <div class="group">
        ${button({ id: 'undo', icon: 'undo', title: 'Undo', keys: 'Control+Z', disabled: !work.canUndo, run: () => work.undo() })}
        ${button({ id: 'redo', icon: 'redo', title: 'Redo', keys: 'Control+Y', disabled: !work.canRedo, run: () => work.redo() })}
        ${button({ id: 'delete', icon: 'trash', title: `Delete the ${noun.singular}`, keys: 'Delete', disabled: !work.hasSelection, run: () => work.removeSelected() })}
      </div>
      <div class="group">${stage.viewButtons()}</div>
      <div class="group">${button({ id: 'help', icon: 'keyboard', title: 'Keyboard shortcuts', keys: '?', run: help })}</div>
    </div>
  `;
}
