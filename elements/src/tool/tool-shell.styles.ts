import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { dialogStyles } from '../base/dialog.ts';
import { footerStyles } from './footer.ts';
import { helpStyles } from './help.ts';
import { instructionsPaneStyles } from '../instructions/instructions-pane.ts';
import { otherContentStyles } from './other-content.ts';
import { remarkStyles } from './remark.ts';

export const styles = [
  buttons,
  dialogStyles,
  helpStyles,
  instructionsPaneStyles,
  otherContentStyles,
  remarkStyles,
  footerStyles,
  css`
    :host {
      background: var(--paper);
      display: block;
    }

    .layout {
      --pane-width: 232px;
      display: grid;
      grid-template:
        'nav header header' minmax(48px, auto)
        'nav surface labels' minmax(0, 1fr)
        'remark remark remark' auto
        'footer footer footer' auto / auto minmax(0, 1fr) var(--pane-column, var(--pane-width));
      height: var(--tool-height, 100dvh);
      min-height: 400px;
      overflow: hidden;
      position: relative;
    }

    .headerContainer {
      align-items: center;
      border-bottom: 1px solid var(--line);
      column-gap: 16px;
      display: flex;
      flex-wrap: wrap;
      grid-area: header;
      padding: 4px 8px 4px 16px;
    }

    /* Where the buttons would leave it less, they stand below. */
    .headerContainer h1 {
      flex: 1 1 200px;
      font-size: 15px;
      line-height: 20px;
      margin: 4px 0;
      max-height: 60px;
      overflow: auto;
      overflow-wrap: anywhere;
    }

    .headerButtonsContainer,
    .group {
      align-items: center;
      display: flex;
    }

    .headerButtonsContainer {
      flex-wrap: wrap;
    }

    .headerButtonsContainer:first-child {
      margin-inline-start: auto;
    }

    .group + .group {
      border-left: 1px solid var(--line);
      margin-left: 4px;
      padding-left: 4px;
    }

    .scale {
      font-variant-numeric: tabular-nums;
      min-width: 56px;
    }

    @media (width <= 1100px) {
      .layout {
        --pane-width: 208px;
      }
    }

    @media (width <= 760px) {
      .layout {
        grid-template:
          'nav header' minmax(48px, auto)
          'surface surface' minmax(0, 1fr)
          'labels labels' auto
          'remark remark' auto
          'footer footer' auto / auto minmax(0, 1fr);
      }

      .headerContainer {
        padding: 4px 4px 4px 12px;
      }

      .headerButtonsContainer {
        column-gap: 4px;
        margin-inline-start: -8px;
      }

      /* A line at the beginning of a row of buttons would part nothing. */
      .group + .group {
        border-left: 0;
      }
    }

    @media (pointer: coarse) {
      .headerButtonsContainer .button {
        min-height: 40px;
        min-width: 40px;
      }
    }
  `,
];
