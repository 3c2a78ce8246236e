import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';

export const styles = [
  buttons,
  css`
    :host {
      background: var(--paper-deep);
      display: flex;
      flex-direction: column;
      height: 100%;
      min-height: 0;
    }

    .bar {
      align-items: center;
      background: var(--paper);
      border-bottom: 1px solid var(--line);
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      padding: 4px 8px;
    }

    .bar label {
      align-items: center;
      display: flex;
      gap: 8px;
      white-space: nowrap;
    }

    .bar input {
      background: var(--paper);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      color: var(--ink);
      font: inherit;
      font-variant-numeric: tabular-nums;
      min-height: 32px;
      padding: 0 8px;
      text-align: right;
      width: 64px;
    }

    .room {
      flex: 1;
    }

    .scale {
      font-variant-numeric: tabular-nums;
      min-width: 64px;
    }

    .pages {
      flex: 1;
      min-height: 0;
      overflow: auto;
      overflow-anchor: none;
    }

    .pages:focus-visible {
      outline-offset: -2px;
    }

    .column {
      position: relative;
    }

    /* A sheet is white in every colour scheme. */
    .page {
      --scale-round-x: 1px;
      --scale-round-y: 1px;
      background: white;
      box-shadow: 0 1px 4px rgb(0 0 0 / 30%);
      forced-color-adjust: none;
      inset-inline: 0;
      margin-inline: auto;
      position: absolute;
    }

    .page > canvas {
      height: 100%;
      width: 100%;
    }

    .page > .note {
      color: #1a1d23;
      inset: 40% 16px auto;
      margin: 0;
      position: absolute;
      text-align: center;
    }

    /* Where pdf.js puts the letters; its own style sheet is for the viewer of Firefox. */
    .textLayer {
      --min-font-size: 1;
      --min-font-size-inv: calc(1 / var(--min-font-size));
      --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
      color-scheme: only light;
      inset: 0;
      line-height: 1;
      overflow: clip;
      position: absolute;
      text-align: initial;
      text-size-adjust: none;
      transform-origin: 0 0;
    }

    .textLayer :is(span, br) {
      color: transparent;
      cursor: text;
      position: absolute;
      transform-origin: 0 0;
      white-space: pre;
    }

    .textLayer > :not(.markedContent),
    .textLayer .markedContent span:not(.markedContent) {
      --font-height: 0;
      --rotate: 0deg;
      --scale-x: 1;
      font-size: calc(var(--text-scale-factor) * var(--font-height));
      transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv));
    }

    .textLayer .markedContent {
      display: contents;
    }

    .textLayer ::selection {
      background: color-mix(in srgb, AccentColor, transparent 60%);
    }

    .notice {
      align-items: center;
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: 16px;
      justify-content: center;
      padding: 16px;
      text-align: center;
    }

    .notice p {
      margin: 0;
      max-width: 560px;
      overflow-wrap: anywhere;
    }
  `,
];
