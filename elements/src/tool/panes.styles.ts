/** The column beside the work: the labels, and below them what a tool adds. */
import { css, unsafeCSS } from 'lit';

const CLOSED = unsafeCSS('.panes:not(:has(> :is(.label-pane-content:not(.closed), .objects.open, .scores, .regions)))');

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

  /* With all of it closed, the stage has all but the room of their buttons. */
  @media (width > 760px) {
    ${CLOSED} {
      width: auto;
    }

    ${CLOSED} h2 {
      display: none;
    }

    ${CLOSED} > .closed > header,
    ${CLOSED} > .objects > header {
      justify-content: center;
      padding: 4px;
    }

    ${CLOSED} .opens {
      flex-direction: column;
      min-width: 40px;
      padding: 4px 2px;
    }

    ${CLOSED} .opens > .name {
      clip-path: inset(50%);
      position: absolute;
    }

    ${CLOSED} .opens > .total {
      font-size: 12px;
    }
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
