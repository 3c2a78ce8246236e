/** The buttons above the stage. */
import { html, type nothing, type TemplateResult } from 'lit';
import { button } from './button.ts';
import type { Stage } from './stage.ts';
import { redo, removeSelected, undo } from './taking-back.ts';

/** Groups of buttons, and after them the one for the help. */
export const toolbar = (groups: TemplateResult | typeof nothing, help: () => void): TemplateResult => html`
  <div class="headerButtonsContainer" role="toolbar" aria-label="Tools">
    ${groups}
    <div class="group" data-looks>${button({ id: 'help', icon: 'keyboard', title: 'Keyboard shortcuts', keys: '?', run: help })}</div>
  </div>
`;

/** The groups for a stage with labelled work. */
export function stageTools(stage: Stage): TemplateResult {
  const { work, noun } = stage;
  return html`
    <div class="group">${stage.modeButtons()}</div>
    <div class="group">
      ${button({ id: 'undo', icon: 'undo', title: 'Undo', keys: 'Control+Z', disabled: !work.canUndo, run: () => undo(stage) })}
      ${button({ id: 'redo', icon: 'redo', title: 'Redo', keys: 'Control+Y', disabled: !work.canRedo, run: () => redo(stage) })}
      ${button({ id: 'delete', icon: 'trash', title: `Delete the ${noun.singular}`, keys: 'Delete', disabled: !work.hasSelection, run: () => removeSelected(stage) })}
    </div>
    <div class="group" data-looks>${stage.viewButtons()}</div>
  `;
}
