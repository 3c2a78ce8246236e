import { css } from 'lit';

export const labelPaneStyles = css`
  .label-pane-content {
    border-left: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
    overflow: hidden;
    width: var(--pane-width);
  }

  /* Hidden, it leaves the stage all but the room of a button. */
  .layout {
    --pane-column: auto;
  }

  .label-pane-content.closed {
    width: 48px;
  }

  .closed > header > :is(h2, .hide-all) {
    display: none;
  }

  .label-pane-content.closed > header {
    padding: 0 4px;
  }

  .fold svg {
    transform: scaleX(-1);
  }

  /* Where there is no room for the field, the menu is searched. */
  .find {
    display: none;
  }

  .label-pane-content header {
    align-items: center;
    display: flex;
    min-height: 48px;
    padding: 0 4px 0 16px;
  }

  .label-pane-content h2 {
    flex: 1;
    font-size: 14px;
    margin: 0;
  }

  .label-rows {
    display: grid;
    grid-auto-flow: dense;
    /* As high as its name, also where the list is scrolled. */
    grid-auto-rows: max-content;
    grid-template-columns: minmax(0, 1fr) 36px;
    overflow-y: auto;
    padding: 2px 4px 8px 8px;
  }

  /* Each label stands in one row with its eye, however tall its name is. */
  .label-list,
  .label-group,
  .eyes {
    display: contents;
  }

  .group-title {
    align-self: end;
    color: var(--ink-soft);
    font-size: 12px;
    grid-column: 1 / -1;
    line-height: 16px;
    padding: 8px 8px 4px;
  }

  .label-group:first-child .group-title {
    padding-top: 0;
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
      width: auto;
    }

    .label-pane-content > header > h2,
    .eyes {
      display: none;
    }

    .label-pane-content > header {
      padding: 0 4px;
    }

    /* Nothing but the button over a corner of the stage. */
    .label-pane-content.closed {
      align-self: end;
      background: var(--paper);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      grid-area: surface;
      justify-self: start;
      margin: 8px;
      width: auto;
      z-index: 1;
    }

    .label-pane-content.closed > header {
      min-height: 0;
      padding: 0;
    }

    .fold svg {
      transform: rotate(-90deg);
    }

    .label-pane-content > .search {
      display: none;
    }

    .find {
      display: inline-flex;
    }

    .label-rows {
      display: block;
      flex: 1;
      overflow-x: auto;
      padding: 4px;
    }

    .label-list {
      align-items: center;
      display: flex;
    }

    .label-button {
      flex: none;
      max-width: 200px;
    }

    .group-title,
    .label-group:first-child .group-title {
      align-self: center;
      flex: none;
      padding: 0 4px 0 8px;
    }
  }
`;
