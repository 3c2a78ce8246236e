import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { problemListStyles } from '../form/problem-list.ts';

export const styles = [
  buttons,
  problemListStyles,
  css`
    :host {
      display: block;
    }

    .error,
    .notice {
      border: 1px solid;
      border-radius: var(--radius);
      color: var(--ink);
      margin: 16px 0 0;
      padding: 8px 16px;
    }

    .notice {
      background: var(--paper-soft);
      border-color: var(--line);
    }

    .error {
      background: var(--bad-soft);
      border-color: var(--bad);
    }

    .error.floating {
      bottom: 64px;
      box-shadow: var(--shadow);
      left: 50%;
      margin: 0;
      max-width: min(560px, 90vw);
      position: fixed;
      transform: translateX(-50%);
      z-index: 10;
    }

    .error.below-tool,
    .notice.below-tool {
      margin-inline: 24px;
    }

    #footerContainer {
      padding: 16px 0;
    }

    #footerContainer.below-tool {
      padding-inline: 24px;
    }

    #answers-box {
      background: var(--paper-soft);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      margin-top: 16px;
      max-height: 50vh;
      overflow: auto;
      padding: 16px;
    }

    #answers-box h2 {
      font-size: 14px;
      margin: 0 0 8px;
    }

    #answers-box pre {
      font: 13px/20px ui-monospace, 'Cascadia Mono', Menlo, monospace;
      margin: 0;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
];
