/** The box by which a worker says that there is nothing to label. */
import { css, html, type TemplateResult } from 'lit';
import type { Work } from './work.ts';

export const nothingToLabelStyles = css`
  .nothing-to-label {
    align-items: center;
    display: flex;
    gap: 8px;
    white-space: nowrap;
  }

  .nothing-to-label input {
    accent-color: var(--accent);
    height: 16px;
    margin: 0;
    width: 16px;
  }

  .nothing-to-label:has(:disabled) {
    color: var(--ink-soft);
  }
`;

export function nothingToLabel(work: Work): TemplateResult {
  const tick = (event: Event): void => work.decideNothing((event.target as HTMLInputElement).checked);
  return html`
    <label class="nothing-to-label">
      <input type="checkbox" .checked=${work.nothingToLabel} ?disabled=${work.count > 0} @change=${tick} />
      Nothing to label
    </label>
  `;
}
