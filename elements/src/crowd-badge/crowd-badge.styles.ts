import { css } from 'lit';

export const styles = css`
  /* What a self-closed tag has swallowed stands on the page as if it were not inside. */
  :host {
    display: contents;
  }

  .badge {
    align-items: center;
    background: var(--accent);
    border-radius: 10px;
    color: var(--on-accent);
    display: inline-flex;
    font-size: 12px;
    font-weight: 600;
    height: 20px;
    justify-content: center;
    line-height: 20px;
    max-width: 160px;
    min-width: 20px;
    overflow: hidden;
    padding: 0 6px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .badge[hidden],
  .badge.unseen {
    display: none;
  }

  .badge.attached {
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
    z-index: 5;
  }

  .badge:has(.icon) {
    padding: 0 3px;
  }

  .icon {
    height: 14px;
    width: 14px;
  }

  .words {
    clip-path: inset(50%);
    position: absolute;
  }

  @media (forced-colors: active) {
    .badge {
      border: 1px solid;
    }
  }
`;
