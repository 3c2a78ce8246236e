/** The look of plain fields: that of a template's own controls beside them (`base/native.styles.ts`). */
import { css } from 'lit';
import { messageStyles } from '../form/message.styles.ts';

export const fieldStyles = [
  messageStyles,
  css`
    input,
    textarea {
      accent-color: var(--accent);
      font: inherit;
      margin: 0;
    }

    :disabled {
      cursor: default;
      opacity: 0.55;
    }

    @media (forced-colors: active) {
      :disabled {
        opacity: 1;
      }
    }

    .message:empty {
      display: none;
    }

    .rest {
      display: contents;
    }
  `,
];

/** A box to write in, with its label above. */
export const boxStyles = css`
  :host {
    display: block;
    margin-bottom: 12px;
    max-width: 560px;
  }

  .label {
    display: block;
    font-weight: 500;
    margin-bottom: 4px;
    overflow-wrap: anywhere;
  }

  .required {
    color: var(--bad);
    margin-inline-start: 4px;
  }

  .box {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink);
    display: block;
    min-height: 32px;
    padding: 5px 8px;
    width: 100%;
  }

  .box::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  .box[aria-invalid='true'] {
    border-color: var(--bad);
  }

  .box:focus-visible {
    border-color: var(--accent);
    outline-offset: 0;
  }

  .below {
    align-items: baseline;
    display: flex;
    gap: 16px;
    justify-content: space-between;
  }

  .message {
    margin-bottom: 0;
  }

  .count {
    color: var(--ink-soft);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    margin: 4px 0 0 auto;
  }
`;
