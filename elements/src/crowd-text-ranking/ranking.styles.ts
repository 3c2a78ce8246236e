import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { dialogStyles } from '../base/dialog.ts';
import { inlineRegionStyles } from '../instructions/inline-regions.ts';

export const styles = [
  buttons,
  dialogStyles,
  inlineRegionStyles,
  css`
    :host {
      display: block;
    }

    .prompt,
    .response {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }

    .prompt {
      border-left: 3px solid var(--line-strong);
      font-size: 15px;
      line-height: 24px;
      margin-bottom: 16px;
      max-height: 40vh;
      overflow: auto;
      padding-left: 12px;
    }

    .responses {
      display: grid;
      gap: 12px;
      grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
      list-style: none;
      margin: 0 0 16px;
      padding: 0;
    }

    .responses li {
      background: var(--paper);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      display: flex;
      gap: 12px;
      padding: 12px;
    }

    .response {
      flex: 1;
      max-height: 50vh;
      min-width: 0;
      overflow: auto;
    }

    .letter,
    .chip {
      align-items: center;
      border-radius: 4px;
      display: flex;
      flex: none;
      font-weight: 600;
      height: 28px;
      justify-content: center;
      min-width: 28px;
    }

    .letter {
      background: var(--paper-deep);
    }

    .how,
    .rule {
      color: var(--ink-soft);
      margin: 0 0 12px;
    }

    .boards {
      display: grid;
      gap: 16px;
      grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    }

    .board {
      border: 1px solid var(--line);
      border-radius: var(--radius);
      min-width: 0;
      padding: 12px;
    }

    .board.invalid {
      border-color: var(--bad);
    }

    h3 {
      font-size: 14px;
      line-height: 20px;
      margin: 0;
      overflow-wrap: anywhere;
    }

    .lane {
      align-items: center;
      border: 1px dashed var(--line);
      border-radius: var(--radius);
      display: flex;
      gap: 8px;
      margin-top: 4px;
      min-height: 40px;
      padding: 4px;
    }

    .lane.over {
      background: var(--accent-soft);
      border: 1px solid var(--accent);
    }

    .tray {
      border-style: solid;
      background: var(--paper-soft);
      margin-bottom: 8px;
    }

    .place {
      background: none;
      border: 1px solid transparent;
      border-radius: 4px;
      color: var(--ink-soft);
      flex: none;
      font: inherit;
      min-height: 28px;
      padding: 0 8px;
      text-align: left;
      white-space: nowrap;
      width: 96px;
    }

    .place:enabled {
      border-color: var(--accent);
      color: var(--accent);
      cursor: pointer;
    }

    .place:enabled:hover {
      background: var(--accent-soft);
    }

    .chips {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      gap: 4px;
    }

    .chip {
      background: var(--paper);
      border: 1px solid var(--line-strong);
      color: var(--ink);
      cursor: grab;
      font: inherit;
      font-weight: 600;
      padding: 0 8px;
      touch-action: none;
    }

    .chip:hover {
      background: var(--accent-soft);
    }

    .chip[aria-pressed='true'] {
      background: var(--accent);
      border-color: var(--accent);
      color: var(--on-accent);
    }

    .chip.dragged {
      box-shadow: var(--shadow);
      cursor: grabbing;
      position: relative;
      z-index: 1;
    }

    .error,
    .fault {
      color: var(--bad);
      font-weight: 600;
      margin: 0;
    }

    .error:not(:empty) {
      margin-top: 8px;
    }

    kbd {
      border: 1px solid var(--line-strong);
      border-radius: 4px;
      font: 12px/16px ui-monospace, 'Cascadia Mono', Menlo, monospace;
      padding: 0 4px;
    }

    @media (forced-colors: active) {
      .chip[aria-pressed='true'] {
        background: Highlight;
        color: HighlightText;
        forced-color-adjust: none;
      }
    }

    slot:not([name]) {
      display: block;
      margin-top: 16px;
    }
  `,
];
