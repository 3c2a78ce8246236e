import { css } from 'lit';

export const classifierStyles = css`
  /* The question is what the worker answers: all of it is seen, on a phone too. */
  .headerContainer h1 {
    display: block;
    font-size: 16px;
    line-height: 24px;
    max-height: 30dvh;
    overflow: auto;
    overflow-wrap: break-word;
    padding-block: 8px;
  }

  .stage-focus:focus-visible {
    outline-offset: -2px;
  }

  @media (width > 760px) {
    .layout {
      --pane-width: clamp(232px, 24vw, 340px);
    }
  }

  @media (width <= 760px) {
    .headerContainer {
      column-gap: 16px;
      flex-wrap: wrap;
      padding-inline-start: 12px;
      row-gap: 0;
    }

    /* Where the buttons would leave it less, they stand below. */
    .headerContainer h1 {
      flex-basis: 200px;
    }
  }
`;
