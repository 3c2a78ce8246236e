import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { dialogStyles } from '../base/dialog.ts';
import { helpStyles } from './help.ts';
import { labelPaneStyles } from './label-pane.ts';

export const styles = [
  buttons,
  dialogStyles,
  helpStyles,
  labelPaneStyles,
  css`
    :host {
      background: var(--paper);
      display: block;
      height: var(--tool-height, 100dvh);
      min-height: 400px;
      overflow: hidden;
      position: relative;
    }

    .layout {
      display: grid;
      grid-template:
        'nav header header' 48px
        'nav surface labels' minmax(0, 1fr)
        'footer footer footer' auto / auto minmax(0, 1fr) 232px;
      height: 100%;
    }

    .awsui-app-layout__navigation {
      border-right: 1px solid var(--line);
      display: flex;
      flex-direction: column;
      grid-area: nav;
      min-height: 0;
      width: 272px;
    }

    .awsui-app-layout__navigation.closed {
      width: 48px;
    }

    .nav-header {
      align-items: center;
      display: flex;
      gap: 8px;
      min-height: 48px;
      padding: 0 4px 0 16px;
    }

    .closed .nav-header {
      padding: 0 4px;
    }

    .nav-header h2 {
      flex: 1;
      font-size: 14px;
      margin: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .nav-body {
      flex: 1;
      overflow: auto;
      padding: 0 16px 16px;
    }

    .closed .nav-body,
    .closed h2 {
      display: none;
    }

    .moreInstructionsLink {
      margin-bottom: 12px;
    }

    .headerContainer {
      align-items: center;
      border-bottom: 1px solid var(--line);
      display: flex;
      gap: 16px;
      grid-area: header;
      padding: 0 8px 0 16px;
    }

    .headerContainer h1 {
      flex: 1;
      font-size: 15px;
      line-height: 20px;
      margin: 0;
      max-height: 40px;
      min-width: 0;
      overflow: hidden;
    }

    .headerButtonsContainer,
    .group {
      align-items: center;
      display: flex;
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

    .stage {
      background: var(--paper-deep);
      grid-area: surface;
      min-height: 0;
      position: relative;
    }

    .surface {
      cursor: crosshair;
      inset: 0;
      overflow: hidden;
      position: absolute;
      touch-action: none;
      user-select: none;
    }

    .surface:focus-visible {
      outline-offset: -2px;
    }

    .surface > img,
    .surface > canvas {
      left: 0;
      max-width: none;
      pointer-events: none;
      position: absolute;
      top: 0;
      transform-origin: 0 0;
    }

    .surface > img {
      image-orientation: none;
    }

    .surface > .layer {
      height: 100%;
      width: 100%;
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

    footer {
      align-items: center;
      border-top: 1px solid var(--line);
      display: flex;
      gap: 24px;
      grid-area: footer;
      min-height: 56px;
      padding: 8px 16px;
    }

    .status {
      color: var(--ink-soft);
      flex: 1;
      font-variant-numeric: tabular-nums;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .refusal {
      color: var(--bad);
      font-weight: 600;
    }

    .nothing-to-label {
      align-items: center;
      display: flex;
      gap: 8px;
      white-space: nowrap;
    }

    .nothing-to-label input {
      accent-color: var(--accent);
      height: 16px;
      margin: 0;
      width: 16px;
    }

    .nothing-to-label:has(:disabled) {
      color: var(--ink-soft);
    }

    .announcer {
      clip-path: inset(50%);
      height: 1px;
      overflow: hidden;
      position: absolute;
      white-space: nowrap;
      width: 1px;
    }

    @media (width <= 1100px) {
      .layout {
        grid-template-columns: auto minmax(0, 1fr) 184px;
      }

      .awsui-app-layout__navigation:not(.closed) {
        width: 224px;
      }
    }

    @media (width <= 760px) {
      .layout {
        grid-template:
          'nav header' auto
          'surface surface' minmax(0, 1fr)
          'labels labels' auto
          'footer footer' auto / auto minmax(0, 1fr);
      }

      .headerContainer h1 {
        display: none;
      }

      .awsui-app-layout__navigation:not(.closed) {
        background: var(--paper);
        box-shadow: var(--shadow);
        inset: 0 auto 0 0;
        position: absolute;
        width: min(320px, 90%);
        z-index: 1;
      }
    }
  `,
];
