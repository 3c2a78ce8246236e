import { css } from 'lit';

export const classifierStyles = css`
  /* The question is what the worker answers: all of it is seen, on a phone too. */
  .headerContainer h1 {
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
`;
