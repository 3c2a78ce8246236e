/** The one look of a push button: plain, primary, or quiet (an icon or a word on a bar). */
import { css } from 'lit';

export const buttons = css`
  .button {
    align-items: center;
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink);
    cursor: pointer;
    display: inline-flex;
    font: inherit;
    font-weight: 500;
    gap: 8px;
    justify-content: center;
    min-height: 32px;
    padding: 0 12px;
    /* No wait for a second tap: who taps a tool and draws at once means to draw with it. */
    touch-action: manipulation;
    white-space: nowrap;
  }

  .button:hover {
    background: var(--paper-soft);
  }

  .button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    padding: 0 20px;
  }

  .button.primary:hover {
    filter: brightness(1.08);
  }

  .button.quiet {
    background: none;
    border-color: transparent;
    padding: 0 8px;
  }

  .button.quiet:hover,
  .button.quiet[aria-pressed='true'] {
    background: var(--accent-soft);
  }

  .button.link {
    background: none;
    border: 0;
    color: var(--accent);
    padding: 0;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .button:disabled {
    cursor: default;
    filter: none;
    opacity: 0.4;
  }

  /* A colour for what is pressed and one for what is disabled are the system's own there. */
  @media (forced-colors: active) {
    .button.quiet[aria-pressed='true'],
    .button[aria-pressed='true'] {
      background: SelectedItem;
      color: SelectedItemText;
      forced-color-adjust: none;
    }

    .button:disabled {
      opacity: 1;
    }
  }

  .button svg {
    display: block;
    fill: none;
    height: 18px;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.75;
    width: 18px;
  }
`;
