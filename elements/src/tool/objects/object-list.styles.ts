import { css } from 'lit';

/** How tall a row is, in CSS pixels: the list reckons with it. */
export const ROW_HEIGHT = 36;

export const objectListStyles = css`
  .objects {
    border-top: 1px solid var(--line);
    display: flex;
    flex: none;
    flex-direction: column;
    min-height: 0;
  }

  .objects.open {
    flex: 1 1 0;
  }

  .objects > header {
    align-items: center;
    display: flex;
    flex: none;
    justify-content: space-between;
    min-height: 44px;
    padding: 0 4px 0 8px;
  }

  .objects .opens {
    font-weight: 600;
    gap: 4px;
    min-width: 0;
    padding: 0 8px 0 4px;
  }

  .objects .opens > .name {
    -webkit-line-clamp: 1;
  }

  .objects .opens > svg {
    flex: none;
    transform: rotate(-90deg);
  }

  .objects.open .opens > svg {
    transform: none;
  }

  .objects .total {
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
    font-weight: normal;
  }

  .object-rows {
    flex: 1 1 0;
    min-height: 0;
    overflow: hidden auto;
    padding: 0 4px 0 8px;
    scrollbar-gutter: stable;
  }

  .object-rows ul {
    list-style: none;
    margin: 0;
    padding: 0;
    position: relative;
  }

  .object {
    align-items: center;
    border-radius: var(--radius);
    display: flex;
    height: ${ROW_HEIGHT}px;
    inset-inline: 0;
    position: absolute;
    top: 0;
  }

  .object:hover {
    background: var(--paper-soft);
  }

  .object:has([aria-pressed='true'].pick) {
    background: var(--accent-soft);
  }

  .object .pick {
    align-items: center;
    background: none;
    border: 0;
    border-radius: var(--radius);
    color: inherit;
    column-gap: 8px;
    cursor: pointer;
    display: grid;
    flex: 1;
    font: inherit;
    grid-template-columns: auto minmax(0, 1fr) auto;
    height: 100%;
    min-width: 0;
    padding: 0 6px;
    text-align: start;
  }

  .object :focus-visible {
    outline-offset: -2px;
  }

  .object .swatch {
    grid-row: span 2;
  }

  .object .label,
  .object .where {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .object .label {
    align-self: end;
    font-size: 13px;
    line-height: 16px;
  }

  .object .pick[aria-pressed='true'] .label {
    font-weight: 600;
  }

  .object .score {
    align-self: end;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    line-height: 16px;
  }

  .object .where {
    align-self: start;
    color: var(--ink-soft);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    grid-column: 2 / -1;
    line-height: 15px;
  }

  .object.out-of-sight :is(.label, .where) {
    color: var(--ink-soft);
    text-decoration: line-through;
  }

  .object > .button {
    border: 0;
    color: var(--ink-soft);
    flex: none;
    min-height: 32px;
    padding: 0;
    width: 26px;
  }

  .object > .button svg {
    height: 16px;
    width: 16px;
  }

  /* What is not so already is offered where somebody is. */
  @media (hover: hover) and (pointer: fine) {
    .object:not(:hover, :focus-within) > .button[aria-pressed='false'] {
      opacity: 0;
      width: 0;
    }
  }

  .objects .no-match {
    margin: 4px 16px 12px;
  }

  @media (forced-colors: active) {
    .object:has([aria-pressed='true'].pick) {
      background: SelectedItem;
      color: SelectedItemText;
      forced-color-adjust: none;
    }

    .object:has([aria-pressed='true'].pick) :is(.where, .score, .total, .button) {
      color: inherit;
    }

    .object:has([aria-pressed='true'].pick) .swatch {
      border-color: currentcolor;
    }

    .object:not(:hover, :focus-within) > .button[aria-pressed='false'] {
      opacity: 1;
      width: 26px;
    }
  }

  @media (pointer: coarse) {
    .object > .button {
      width: 30px;
    }
  }

  /* Below the picture the objects stand beside the labels, and open over the picture, which keeps its place. */
  @media (width <= 760px) {
    .objects,
    .objects.open {
      border-left: 1px solid var(--line);
      border-top: 0;
      flex: none;
      justify-content: center;
    }

    .objects .panel {
      background: var(--paper);
      border: 1px solid var(--line);
      border-radius: var(--radius) var(--radius) 0 0;
      bottom: 100%;
      box-shadow: var(--shadow);
      height: min(320px, 45dvh);
      inset-inline-end: 0;
      padding-top: 8px;
      position: absolute;
      width: min(320px, 100%);
      z-index: 1;
    }

    .objects .search {
      margin: 0 12px 8px;
      width: auto;
    }
  }

  .objects .panel {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-height: 0;
  }
`;
