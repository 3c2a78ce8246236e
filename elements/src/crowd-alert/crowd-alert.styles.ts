import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';

export const styles = [
  buttons,
  css`
    :host {
      display: block;
      margin: 0 0 12px;
    }

    .alert {
      --colour: var(--accent);
      align-items: flex-start;
      background: var(--accent-soft);
      border: 1px solid var(--colour);
      border-radius: var(--radius);
      color: var(--ink);
      display: flex;
      gap: 12px;
      padding: 8px 12px;
    }

    .success {
      --colour: var(--good);
      background: var(--good-soft);
    }

    .warning {
      --colour: var(--warn);
      background: var(--warn-soft);
    }

    .error {
      --colour: var(--bad);
      background: var(--bad-soft);
    }

    .alert > svg {
      fill: none;
      flex: none;
      height: 20px;
      stroke: var(--colour);
      stroke-linecap: round;
      stroke-linejoin: round;
      stroke-width: 1.75;
      width: 20px;
    }

    .message {
      flex: 1;
      min-width: 0;
      overflow-wrap: break-word;
    }

    .button {
      margin: -6px -8px -6px 0;
    }
  `,
];
