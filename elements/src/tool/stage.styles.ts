/** The place of a stage in its tool, and a notice in the stead of what it should show. */
import { css } from 'lit';

export const stageFrame = css`
  .stage {
    background: var(--paper-deep);
    grid-area: surface;
    min-height: 0;
    position: relative;
  }

  .notice {
    align-items: center;
    background: var(--paper-deep);
    cursor: default;
    display: flex;
    flex-direction: column;
    gap: 16px;
    inset: 0;
    justify-content: center;
    padding: 32px;
    position: absolute;
    text-align: center;
  }

  .notice p {
    margin: 0;
    max-width: 560px;
    overflow-wrap: anywhere;
  }
`;
