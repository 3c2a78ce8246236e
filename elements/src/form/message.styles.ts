/** How a message at a field looks, at those of a template and at ours. */
import { css } from 'lit';

export const messageStyles = css`
  .message {
    color: var(--bad);
    display: block;
    font-size: 13px;
    font-weight: 500;
    margin: 4px 0 8px;
    overflow-wrap: anywhere;
  }

  .message::first-letter {
    text-transform: uppercase;
  }
`;
