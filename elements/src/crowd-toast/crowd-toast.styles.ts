import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';

export const styles = [
  buttons,
  css`
    :host {
      display: block;
    }

    .toast {
      align-items: flex-start;
      background: var(--paper);
      border: 1px solid var(--line-strong);
      border-radius: 8px;
      bottom: 72px;
      box-shadow: var(--shadow);
      color: var(--ink);
      display: flex;
      gap: 8px;
      left: 50%;
      max-height: 50dvh;
      max-width: min(560px, calc(100vw - 32px));
      overflow: auto;
      padding: 8px 8px 8px 16px;
      position: fixed;
      transform: translateX(-50%);
      width: max-content;
      z-index: 20;
    }

    .notice {
      min-width: 0;
      overflow-wrap: break-word;
      padding: 6px 0;
    }

    .notice ::slotted(crowd-alert) {
      margin: 0;
    }
  `,
];
