import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    margin-bottom: 0;
  }

  .opener {
    margin-bottom: 12px;
  }

  dialog {
    width: min(880px, calc(100vw - 48px));
  }

  dialog .content {
    min-height: min(320px, 50dvh);
    padding-top: 4px;
  }

  .panel {
    padding-top: 16px;
  }

  section {
    border-left: 3px solid var(--line-strong);
    margin-bottom: 16px;
    padding-left: 16px;
  }

  section.positive-example {
    border-color: var(--good);
  }

  section.negative-example {
    border-color: var(--bad);
  }

  h3 {
    font-size: 14px;
    line-height: 20px;
    margin: 0 0 8px;
  }
`;
