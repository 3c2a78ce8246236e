import { css } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { dialogStyles } from '../base/dialog.ts';
import { inlineRegionStyles } from '../instructions/inline-regions.ts';
import { textStyles } from '../text/text.styles.ts';
import { helpStyles } from '../tool/help.ts';

export const styles = [
  buttons,
  dialogStyles,
  helpStyles,
  inlineRegionStyles,
  textStyles,
  css`
    :host {
      display: block;
    }

    .task {
      align-items: start;
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }

    .source {
      border: 1px solid var(--line);
      border-radius: var(--radius);
      display: flex;
      flex-direction: column;
      height: min(calc(100dvh - 32px), 720px);
      overflow: hidden;
      position: sticky;
      top: 16px;
    }

    .tools {
      border-bottom: 1px solid var(--line);
      display: flex;
      padding: 4px;
    }

    .stage {
      flex: 1;
    }

    .status {
      border-top: 1px solid var(--line);
      color: var(--ink-soft);
      padding: 8px 16px;
    }

    .card {
      border: 1px solid var(--line);
      border-left: 4px solid var(--tint);
      border-radius: var(--radius);
      margin: 0 0 12px;
      min-width: 0;
      padding: 4px 12px 12px;
      position: relative;
    }

    .card.active {
      border-color: var(--accent);
      border-left-color: var(--tint);
    }

    .card.invalid {
      border-color: var(--bad);
      border-left-color: var(--tint);
    }

    legend,
    .label {
      font-weight: 600;
    }

    legend {
      padding: 0 4px;
    }

    .number {
      border: 1px solid var(--line-strong);
      border-radius: 4px;
      font-size: 12px;
      padding: 0 5px;
    }

    .remove-pair {
      color: var(--ink-soft);
      position: absolute;
      right: 4px;
      top: -4px;
    }

    .written,
    .label {
      display: block;
    }

    .written {
      margin-bottom: 8px;
    }

    /* Its words keep clear of the button that deletes the question. */
    .written:first-of-type > .label {
      padding-inline-end: 36px;
    }

    .hint {
      color: var(--ink-soft);
      font-weight: normal;
      margin: 0;
    }

    textarea,
    .own-tag {
      background: var(--paper);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      color: inherit;
      font: inherit;
      padding: 4px 8px;
    }

    textarea {
      display: block;
      field-sizing: content;
      margin-top: 4px;
      max-height: 40vh;
      resize: vertical;
      width: 100%;
    }

    textarea.question {
      min-height: 48px;
    }

    textarea.answer {
      min-height: 72px;
    }

    .references,
    .tag-picker {
      align-items: center;
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      margin-top: 8px;
    }

    .references label {
      align-items: center;
      display: flex;
      gap: 8px;
      min-height: 28px;
    }

    .whole {
      accent-color: var(--accent);
      height: 16px;
      margin: 0;
      width: 16px;
    }

    .reference {
      background: color-mix(in srgb, var(--tint) 16%, transparent);
      border-radius: 4px;
      display: inline-flex;
      max-width: 100%;
    }

    .quote,
    .drop {
      background: none;
      border: 0;
      border-radius: 4px;
      color: inherit;
      cursor: pointer;
      font: inherit;
      min-height: 28px;
    }

    .quote {
      min-width: 0;
      overflow: hidden;
      padding: 0 0 0 8px;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .drop {
      min-width: 28px;
    }

    .pick {
      background: var(--paper);
      border: 1px solid var(--line-strong);
      border-radius: 14px;
      color: inherit;
      cursor: pointer;
      font: inherit;
      max-width: 100%;
      min-height: 28px;
      overflow-wrap: anywhere;
      padding: 0 12px;
    }

    .pick[aria-pressed='true'] {
      background: var(--accent);
      border-color: var(--accent);
      color: var(--on-accent);
    }

    .own-tag {
      min-height: 28px;
      width: 128px;
    }

    .add-row {
      align-items: center;
      display: flex;
      gap: 16px;
    }

    .problems {
      color: var(--bad);
      font-weight: 600;
    }

    .problems p {
      margin: 8px 0 0;
    }

    slot:not([name]) {
      display: block;
      margin-top: 16px;
    }

    @media (forced-colors: active) {
      .pick[aria-pressed='true'] {
        background: Highlight;
        color: HighlightText;
        forced-color-adjust: none;
      }
    }

    @media (width <= 760px) {
      .task {
        grid-template-columns: minmax(0, 1fr);
      }

      .source {
        background: var(--paper);
        height: 45dvh;
        top: 0;
        z-index: 1;
      }
    }
  `,
];
