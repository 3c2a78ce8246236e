/** The look of a control with its words beside it. */
import { css } from 'lit';

export const tickStyles = css`
  :host {
    display: inline-block;
    margin-inline-end: 16px;
    max-width: 100%;
    vertical-align: top;
  }

  .tick {
    align-items: flex-start;
    cursor: pointer;
    display: inline-flex;
    gap: 8px;
    max-width: 100%;
    min-height: 28px;
    min-width: 24px;
    overflow-wrap: anywhere;
    padding: 4px 0;
  }

  .tick:has(:disabled) {
    color: var(--ink-soft);
    cursor: default;
  }

  @media (forced-colors: active) {
    .tick:has(:disabled) {
      color: GrayText;
    }
  }

  #control {
    cursor: inherit;
    flex: none;
    height: 16px;
    margin: 2px 0;
    width: 16px;
  }

  #control[aria-invalid='true'] {
    outline: 2px solid var(--bad);
    outline-offset: 1px;
  }

  #control:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .own {
    display: block;
    min-width: 0;
  }
`;
