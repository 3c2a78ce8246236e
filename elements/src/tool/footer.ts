/** The bar below the stage: what is selected or wrong, what a tool adds, Submit. */
import { css, html, nothing, type TemplateResult } from 'lit';

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

  .shown-as {
    color: var(--warn);
    font-weight: 500;
  }

  .error {
    color: var(--bad);
    font-weight: 600;
    white-space: normal;
  }

  /* On a phone there is no room for it beside what can be pressed. */
  @media (width <= 520px) {
    footer {
      flex-wrap: wrap;
      justify-content: flex-end;
      row-gap: 4px;
    }

    .status {
      flex-basis: 100%;
    }
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
  /** Why the answer was not accepted, or nothing. */
  readonly error: string;
  readonly status: string;
  /** How what is worked on is shown, where that is not as it is. */
  readonly shownAs: string;
  readonly beforeSubmit: TemplateResult | typeof nothing;
  readonly hasSubmit: boolean;
  /** The button is there for scripts only. */
  readonly isHidden: boolean;
  readonly isSubmitting: boolean;
  readonly submit: () => void;
};

export const footer = ({ error, status, shownAs, beforeSubmit, hasSubmit, isHidden, isSubmitting, submit }: Footer): TemplateResult => html`
  <footer>
    ${error
      ? html`<div class="status error" role="alert">${error}</div>`
      : html`<div class="status" aria-hidden="true" title=${status}>${status}${shownAs && html` · <strong class="shown-as">${shownAs}</strong>`}</div>`}
    <div class="announcer" role="status">${status}</div>
    ${beforeSubmit}
    ${hasSubmit
      ? html`<awsui-button data-testid="crowd-submit" ?hidden=${isHidden} @click=${submit}>
          <button class="button primary" type="button" title="Submit (Ctrl+Enter)" ?disabled=${isSubmitting}>Submit</button>
        </awsui-button>`
      : nothing}
  </footer>
`;
