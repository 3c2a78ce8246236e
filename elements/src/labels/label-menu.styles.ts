import { css } from 'lit';

export const labelMenuStyles = css`
  .label-menu {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    box-sizing: border-box;
    color: var(--ink);
    display: flex;
    flex-direction: column;
    inset: auto;
    margin: 0;
    max-height: min(380px, 100dvh - 16px);
    outline: 0;
    overflow: hidden;
    padding: 0;
    position: fixed;
    width: min(280px, 100vw - 16px);
    z-index: 3;
  }

  .label-menu[hidden] {
    display: none;
  }

  .label-menu .search {
    border-width: 0 0 1px;
    border-radius: 0;
    flex: none;
    margin: 0;
    width: auto;
  }

  /* The whole menu has the focus: a ring inside of it says no more. */
  .label-menu .search:focus-within {
    outline: 0;
  }

  .label-menu:focus-within {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }

  .label-menu .search input {
    font-size: 14px;
    padding: 9px 8px;
  }

  .label-menu ul {
    list-style: none;
    margin: 0;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 4px;
  }

  .label-menu li {
    align-items: center;
    border-radius: 4px;
    cursor: pointer;
    display: flex;
    gap: 8px;
    min-height: 30px;
    padding: 2px 8px;
    user-select: none;
  }

  .label-menu li.current {
    font-weight: 600;
  }

  .label-menu li.active {
    background: var(--accent-soft);
  }

  .label-menu p {
    border-top: 1px solid var(--line);
    color: var(--ink-soft);
    flex: none;
    margin: 0;
    padding: 8px 12px;
  }

  .label-menu ul:empty {
    display: none;
  }

  @media (forced-colors: active) {
    .label-menu li.active {
      background: SelectedItem;
      color: SelectedItemText;
      forced-color-adjust: none;
    }

    .label-menu li.active .key {
      border-color: currentcolor;
      color: inherit;
    }

    .label-menu li.active .swatch {
      border-color: currentcolor;
    }
  }

  @media (pointer: coarse) {
    .label-menu li {
      min-height: 44px;
    }
  }

  /* A sheet, above which most of the picture stays in sight. */
  @media (width <= 760px) {
    .label-menu {
      border-radius: 12px 12px 0 0;
      border-width: 1px 0 0;
      inset: auto 0 0 !important;
      max-height: min(60dvh, 100dvh - 48px);
      padding-bottom: env(safe-area-inset-bottom);
      width: 100%;
    }

    .label-menu li {
      min-height: 44px;
    }

    /* Safari zooms into a field with smaller letters. */
    .label-menu .search input {
      font-size: 16px;
    }
  }
`;
