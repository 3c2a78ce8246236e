import { css } from 'lit';

export const sliderStyles = css`
  :host {
    display: block;
    margin-bottom: 12px;
    max-width: 560px;
  }

  .row {
    align-items: end;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }

  .scale {
    position: relative;
  }

  .scale.pinned {
    padding-top: 24px;
  }

  .track {
    appearance: none;
    background: none;
    cursor: pointer;
    display: block;
    height: 32px;
    width: 100%;
    --filled: calc(8px + (100% - 16px) * var(--share));
    --line: light-dark(#d5d9e0, #4a5260);
    --bar: linear-gradient(
      to right,
      var(--accent) var(--filled),
      var(--crowd-slider-secondary-color, light-dark(#a9c6ee, #40608f)) var(--filled) max(var(--filled), calc(8px + (100% - 16px) * var(--secondary))),
      var(--line) 0
    );
  }

  .track:dir(rtl) {
    --bar: linear-gradient(
      to left,
      var(--accent) var(--filled),
      var(--crowd-slider-secondary-color, light-dark(#a9c6ee, #40608f)) var(--filled) max(var(--filled), calc(8px + (100% - 16px) * var(--secondary))),
      var(--line) 0
    );
  }

  .track::-webkit-slider-runnable-track {
    background: var(--bar);
    border-radius: 2px;
    height: 4px;
  }

  .track::-moz-range-track {
    background: var(--bar);
    border-radius: 2px;
    height: 4px;
  }

  .track::-webkit-slider-thumb {
    appearance: none;
    background: var(--accent);
    border: 2px solid var(--paper);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--accent);
    height: 16px;
    margin-top: -6px;
    width: 16px;
  }

  .track::-moz-range-thumb {
    background: var(--accent);
    border: 2px solid var(--paper);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--accent);
    box-sizing: border-box;
    height: 16px;
    width: 16px;
  }

  .open .track::-webkit-slider-thumb {
    background: var(--paper);
  }

  .open .track::-moz-range-thumb {
    background: var(--paper);
  }

  .pin {
    background: var(--accent);
    border-radius: 4px;
    color: var(--on-accent);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    inset-inline-start: calc(8px + (100% - 16px) * var(--share));
    min-width: 24px;
    padding: 0 6px;
    position: absolute;
    text-align: center;
    top: 0;
    transform: translateX(-50%);
    white-space: nowrap;
  }

  .pin:dir(rtl) {
    transform: translateX(50%);
  }

  .open .pin {
    background: var(--paper-deep);
    color: var(--ink-soft);
  }

  /* All marks share one cell, which is as high as the highest. */
  .marks {
    display: grid;
    grid-area: 2 / 1;
  }

  .number {
    grid-area: 1 / 2;
    margin-inline-start: 16px;
    width: 88px;
  }

  @media (forced-colors: active) {
    .track {
      appearance: auto;
    }

    .pin {
      border: 1px solid;
    }
  }
`;
