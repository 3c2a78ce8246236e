import { css } from 'lit';

export const fieldPaneStyles = css`
  .fields {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
  }

  .fields > header {
    align-items: baseline;
    display: flex;
    justify-content: space-between;
    padding: 14px 16px 8px;
  }

  .fields h2 {
    font-size: 14px;
    line-height: 20px;
    margin: 0;
  }

  .fields .left,
  .mark,
  .fields .empty {
    color: var(--ink-soft);
  }

  .fields .scroll {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 0 8px 8px;
  }

  .fields .empty {
    margin: 0;
    padding: 8px;
  }

  .fields ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }

  .fields li {
    border-radius: var(--radius);
  }

  .line {
    contain-intrinsic-size: auto 36px;
    content-visibility: auto;
  }

  .line button {
    align-items: baseline;
    background: none;
    border: 0;
    border-radius: var(--radius);
    color: inherit;
    cursor: pointer;
    display: grid;
    font: inherit;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(64px, auto);
    min-height: 36px;
    padding: 8px;
    text-align: start;
    width: 100%;
  }

  .line button:hover {
    background: var(--paper-soft);
  }

  .line button:focus-visible {
    outline-offset: -2px;
  }

  .line .key {
    color: var(--ink-soft);
  }

  .line .key,
  .line .value {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line.no .key,
  .line.no .value,
  .line.not-found .value {
    text-decoration: line-through;
  }

  .line .mark {
    justify-content: end;
  }

  .mark {
    align-items: center;
    display: inline-flex;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    gap: 4px;
    white-space: nowrap;
  }

  .mark.doubtful {
    color: light-dark(#8f4200, #ffb574);
    font-weight: 600;
  }

  .mark svg {
    fill: none;
    height: 14px;
    stroke: currentcolor;
    stroke-width: 2;
    width: 14px;
  }

  .at-work {
    background: var(--accent-soft);
    display: grid;
    gap: 8px;
    margin-block: 4px;
    padding: 12px;
  }

  .at-work .fixed {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .at-work label {
    display: grid;
    gap: 2px;
  }

  .at-work label > span {
    font-size: 12px;
    line-height: 16px;
    overflow-wrap: anywhere;
  }

  .at-work input {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: inherit;
    font: inherit;
    min-height: 32px;
    padding: 4px 8px;
    width: 100%;
  }

  .at-work .judgements {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }

  .at-work .judgements .button {
    font-size: 13px;
    min-height: 28px;
    padding: 0 8px;
  }

  .at-work .judgements [aria-pressed='true'] {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }

  .at-work .mark {
    color: inherit;
    margin-inline-start: auto;
    padding-inline: 4px;
  }

  .fields .table {
    border-top: 1px solid var(--line);
    margin-top: 8px;
    overflow-x: auto;
    padding-top: 8px;
  }

  .fields table {
    border-collapse: collapse;
  }

  .fields caption {
    font-weight: 600;
    padding: 8px;
    text-align: start;
  }

  .fields td {
    border: 1px solid var(--line);
    padding: 4px 8px;
    vertical-align: top;
  }

  @media (width > 760px) {
    .layout {
      --pane-width: clamp(300px, 34vw, 480px);
    }
  }

  @media (width <= 760px) {
    .fields {
      border-left: 0;
      border-top: 1px solid var(--line);
      height: 45dvh;
    }

    .line button {
      min-height: 44px;
    }

    .at-work .judgements .button {
      min-height: 36px;
    }
  }

  @media (forced-colors: active) {
    .at-work {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .at-work .judgements [aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
