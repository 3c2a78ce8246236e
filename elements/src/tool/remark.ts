/** A quiet line below the stage for what a worker should know and can put away. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { icon } from '../base/icons.ts';

export const remarkStyles = css`
  .remark {
    grid-area: remark;
  }

  .remark > div {
    align-items: center;
    background: var(--paper-soft);
    border-top: 1px solid var(--line);
    display: flex;
    gap: 8px;
    justify-content: space-between;
    padding: 4px 8px 4px 16px;
  }
`;

/** The container stands always: a screen reader announces what appears in a live region, not a region that appears. */
export const remark = (text: string, dismiss: () => void): TemplateResult => html`
  <div class="remark" aria-live="polite">
    ${text
      ? html`<div>
          <span>${text}</span>
          <button class="button quiet" type="button" title="Dismiss" aria-label="Dismiss this remark" @click=${dismiss}>${icon('close')}</button>
        </div>`
      : nothing}
  </div>
`;
