/** The bar below the stage: what is selected, "Nothing to label", Submit. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Work } from './work.ts';

export const footerStyles = css`
  footer {
    align-items: center;
    border-top: 1px solid var(--line);
    display: flex;
    gap: 24px;
    grid-area: footer;
    min-height: 56px;
    padding: 8px 16px;
  }

  .status {
    color: var(--ink-soft);
    flex: 1;
    font-variant-numeric: tabular-nums;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .error {
    color: var(--bad);
    font-weight: 600;
  }

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

  .announcer {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
`;

type Footer = {
  readonly work: Work;
  /** Why the answer was not accepted, or nothing. */
  readonly error: string;
  readonly status: string;
  readonly hasSubmit: boolean;
  /** The button is there for scripts only. */
  readonly isHidden: boolean;
  readonly isSubmitting: boolean;
  readonly submit: () => void;
};

export function footer({ work, error, status, hasSubmit, isHidden, isSubmitting, submit }: Footer): TemplateResult {
  const tick = (event: Event): void => work.decideNothing((event.target as HTMLInputElement).checked);
  return html`
    <footer>
      ${error ? html`<div class="status error" role="alert">${error}</div>` : html`<div class="status" aria-hidden="true">${status}</div>`}
      <div class="announcer" role="status">${status}</div>
      <label class="nothing-to-label">
        <input type="checkbox" .checked=${work.nothingToLabel} ?disabled=${work.count > 0} @change=${tick} />
        Nothing to label
      </label>
      ${hasSubmit
        ? html`<awsui-button data-testid="crowd-submit" ?hidden=${isHidden} @click=${submit}>
            <button class="button primary" type="button" title="Submit (Ctrl+Enter)" ?disabled=${isSubmitting}>Submit</button>
          </awsui-button>`
        : nothing}
    </footer>
  `;
}
