/** The column beside the work: the labels, and below them what a tool adds. */
import { css } from 'lit';

export const panesStyles = css`
  .panes {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
    min-width: 0;
    width: var(--pane-width);
  }

  .panes > .label-pane-content {
    border: 0;
    flex: 0 1 auto;
    width: auto;
  }

  /* The labels take what they need up to half, a list below them the rest. */
  .panes:has(> .objects.open, > .regions) > .label-pane-content {
    max-height: 50%;
  }

  .panes > .closed > header > h2 {
    display: block;
  }

  .panes > .label-pane-content.closed > header {
    padding: 0 4px 0 16px;
  }

  /* Below the work they stand beside each other. */
  @media (width <= 760px) {
    .panes {
      border-left: 0;
      border-top: 1px solid var(--line);
      flex-flow: row wrap;
      position: relative;
      width: auto;
    }

    .panes > .label-pane-content,
    .panes:has(> .objects.open, > .regions) > .label-pane-content {
      align-self: stretch;
      border: 0;
      flex: 1;
      margin: 0;
      max-height: none;
      min-width: 0;
    }
  }
`;
