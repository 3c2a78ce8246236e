import { css } from 'lit';

export const labelPaneStyles = css`
  .label-pane-content {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
    overflow: hidden;
  }

  .label-pane-content header {
    align-items: center;
    display: flex;
    justify-content: space-between;
    min-height: 48px;
    padding: 0 4px 0 16px;
  }

  .label-pane-content h2 {
    font-size: 14px;
    margin: 0;
  }

  .label-rows {
    display: grid;
    grid-auto-flow: dense;
    grid-template-columns: minmax(0, 1fr) 36px;
    overflow-y: auto;
    padding: 2px 4px 8px 8px;
  }

  /* Each label stands in one row with its eye, however tall its name is. */
  .label-list,
  .eyes {
    display: contents;
  }

  .label-button {
    align-items: center;
    border-radius: var(--radius);
    cursor: pointer;
    display: flex;
    gap: 8px;
    grid-column: 1;
    min-height: 36px;
    padding: 2px 8px;
    user-select: none;
  }

  .label-button:hover {
    background: var(--paper-soft);
  }

  .label-button.selected {
    background: var(--accent-soft);
    font-weight: 600;
  }

  @media (forced-colors: active) {
    .label-button.selected {
      background: SelectedItem;
      color: SelectedItemText;
      forced-color-adjust: none;
    }

    .label-button.selected :is(.count, .key) {
      background: none;
      border-color: currentcolor;
      color: inherit;
    }

    /* The system's ground may be of the very colour of the label. */
    .label-button.selected .swatch {
      border-color: currentcolor;
    }
  }

  .label-button:focus-visible {
    outline-offset: -2px;
  }

  .swatch {
    border: 1px solid light-dark(rgb(0 0 0 / 30%), rgb(255 255 255 / 40%));
    border-radius: 3px;
    flex: none;
    forced-color-adjust: none;
    height: 14px;
    width: 14px;
  }

  .name {
    -webkit-box-orient: vertical;
    display: -webkit-box;
    flex: 1;
    -webkit-line-clamp: 3;
    line-height: 18px;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .count {
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
    font-weight: normal;
  }

  .eyes .button {
    color: var(--ink-soft);
    grid-column: 2;
    height: 36px;
    padding: 0;
    width: 36px;
  }

  @media (pointer: coarse) {
    .label-button,
    .eyes .button {
      min-height: 44px;
    }
  }

  .is-hidden .name {
    opacity: 0.65;
    text-decoration: line-through;
  }

  .no-match {
    color: var(--ink-soft);
    margin: 8px 16px;
  }

  @media (width <= 760px) {
    .label-pane-content {
      border-left: 0;
      border-top: 1px solid var(--line);
      flex-direction: row;
    }

    .label-pane-content header h2,
    .eyes {
      display: none;
    }

    .search {
      flex: none;
      margin: 6px 0 6px 4px;
      width: 144px;
    }

    .label-rows {
      display: block;
      flex: 1;
      overflow-x: auto;
      padding: 4px;
    }

    .label-list {
      display: flex;
    }

    .label-button {
      flex: none;
      max-width: 200px;
    }
  }
`;
