import { css } from 'lit';
import { stageFrame } from '../tool/stage.styles.ts';

export const textStyles = css`
  ${stageFrame}

  .surface {
    --text-size: 15px;
    background: var(--paper);
    cursor: text;
    font-size: var(--text-size);
    inset: 0;
    line-height: calc(var(--text-size) * 1.2 + 16px);
    overflow: auto;
    padding: 12px 24px 24px;
    position: absolute;
  }

  .surface:focus-visible {
    outline-offset: -2px;
  }

  .block {
    content-visibility: auto;
    /* Tags stand above the first line and reach over the edges, where a block of its own would cut them. */
    margin: -8px -24px 0;
    max-width: calc(88ch + 48px);
    padding: 8px 24px 0;
    overflow-wrap: anywhere;
    tab-size: 4;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }

  .piece {
    border-radius: 2px;
    color: inherit;
    position: relative;
  }

  /* The spans over a piece are lines under it, the first of them next to the text. */
  mark.piece {
    background-color: color-mix(in srgb, var(--tint) 16%, transparent);
    background-image:
      linear-gradient(var(--lane-0, transparent) 0 0), linear-gradient(var(--lane-1, transparent) 0 0),
      linear-gradient(var(--lane-2, transparent) 0 0), linear-gradient(var(--lane-3, transparent) 0 0);
    background-position:
      0 calc(100% - (var(--depth) - 1) * 3px), 0 calc(100% - (var(--depth) - 2) * 3px),
      0 calc(100% - (var(--depth) - 3) * 3px), 0 calc(100% - (var(--depth) - 4) * 3px);
    background-repeat: no-repeat;
    background-size: 100% 2px;
    cursor: pointer;
    padding-bottom: calc(var(--depth) * 3px - 1px);
  }

  mark.piece:hover {
    background-color: color-mix(in srgb, var(--tint) 28%, transparent);
  }

  mark.selected {
    background-color: color-mix(in srgb, var(--tint) 40%, transparent);
  }

  .highlighted,
  mark.highlighted {
    background-color: var(--accent);
    color: var(--on-accent);
  }

  .surface ::selection {
    background: var(--accent);
    color: var(--on-accent);
  }

  .tags {
    bottom: 100%;
    color: var(--ink-soft);
    display: flex;
    font-size: 10px;
    gap: 2px;
    left: 0;
    line-height: 11px;
    margin-bottom: -2px;
    max-width: 100%;
    overflow: hidden;
    position: absolute;
    unicode-bidi: isolate;
    user-select: none;
    white-space: nowrap;
  }

  .right-to-left > .tags {
    left: auto;
    right: 0;
  }

  .tag {
    align-items: center;
    display: flex;
    font-weight: 600;
    gap: 2px;
    min-width: 0;
  }

  .words {
    overflow: hidden;
  }

  .tags:hover,
  .tags:has(.selected) {
    max-width: none;
    z-index: 1;
  }

  .tags:hover .tag,
  .tag.selected {
    background: var(--paper);
    color: var(--ink);
  }

  .remove {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: inherit;
    cursor: pointer;
    font: inherit;
    line-height: 12px;
    padding: 0 4px;
    position: relative;
  }

  /* A finger needs more than what is seen. */
  .remove::before {
    content: '';
    inset: -8px;
    position: absolute;
  }

  /* Beside the span, of which they hide nothing. */
  .handle {
    cursor: ew-resize;
    position: absolute;
    touch-action: none;
    width: 16px;
  }

  .handle::before {
    background: var(--accent);
    border-radius: 2px;
    content: '';
    inset: -1px auto -1px 0;
    position: absolute;
    width: 3px;
  }

  .handle.left {
    margin-left: -16px;
  }

  .handle.left::before {
    inset: -1px 0 -1px auto;
  }

  @media (forced-colors: active) {
    mark.piece {
      forced-color-adjust: none;
      background-color: Canvas;
      color: CanvasText;
    }

    mark.selected,
    .highlighted,
    mark.highlighted {
      forced-color-adjust: none;
      background-color: Highlight;
      color: HighlightText;
    }

    .handle::before {
      background: Highlight;
      forced-color-adjust: none;
    }
  }

  @media (width <= 760px) {
    .surface {
      padding: 8px 16px 16px;
    }
  }
`;
