/** The panel for how a picture is shown: brightness and contrast, what the wheel does, the overview. It stays open beside the work. */
import { css, html, type TemplateResult } from 'lit';
import { icon } from '../../base/icons.ts';
import { fromSlider, toSlider, type Adjustment, type Adjustments } from './adjustments.ts';
import type { WheelHabit } from './wheel.ts';
import type { ZoomHabit } from './zoom-habit.ts';

export const viewPanelStyles = css`
  /* Nobody should judge a brightened picture without knowing that it is. */
  #adjust.adjusted {
    background: var(--warn-soft);
    color: var(--warn);
    outline: 2px solid currentcolor;
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    #adjust.adjusted {
      background: Mark;
      color: MarkText;
      forced-color-adjust: none;
    }
  }

  .view-panel {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    max-height: calc(100% - 16px);
    max-width: calc(100% - 16px);
    overflow: auto;
    padding: 4px 16px 12px;
    position: absolute;
    right: 8px;
    top: 8px;
    width: 304px;
  }

  .view-panel[hidden] {
    display: none;
  }

  .view-panel header {
    align-items: center;
    display: flex;
    margin-inline-end: -12px;
  }

  .view-panel .reset {
    margin-inline-start: auto;
  }

  .view-panel h2 {
    font-size: 14px;
    line-height: 20px;
    margin: 0;
  }

  .view-panel label {
    align-items: center;
    display: flex;
    gap: 8px;
    min-height: 32px;
  }

  .view-panel .name {
    flex: none;
    width: 76px;
  }

  .view-panel input {
    accent-color: var(--accent);
    margin: 0;
  }

  .view-panel input[type='range'] {
    flex: 1;
    min-width: 0;
  }

  .view-panel output {
    font-variant-numeric: tabular-nums;
    text-align: end;
    width: 44px;
  }

  .view-panel fieldset {
    border: 0;
    border-top: 1px solid var(--line);
    margin: 12px 0 0;
    min-width: 0;
    padding: 8px 0 0;
  }

  .view-panel legend {
    float: left;
    line-height: 32px;
    padding: 0;
    width: 80px;
  }

  .view-panel .choices {
    display: flex;
    flex-wrap: wrap;
    column-gap: 16px;
  }

  .view-panel .hint {
    color: var(--ink-soft);
    font-size: 13px;
    line-height: 18px;
    margin: 4px 0;
  }

  /* Fingers turn no wheel. */
  @media (hover: none) {
    .view-panel fieldset {
      display: none;
    }
  }

  @media (pointer: coarse) {
    .view-panel label {
      min-height: 40px;
    }

    .view-panel legend {
      line-height: 40px;
    }
  }
`;

type Panel = {
  readonly light: Adjustments;
  readonly habit: ZoomHabit;
  readonly close: () => void;
};

export const viewPanel = ({ light, habit, close }: Panel): TemplateResult => html`
  <div class="view-panel" role="dialog" aria-label="How the picture is shown" data-looks hidden @keydown=${closeBy(close)}>
    <header>
      <h2>How the picture is shown</h2>
      <button
        class="button quiet reset"
        type="button"
        title="Reset brightness and contrast (Shift+C)"
        aria-label="Reset brightness and contrast"
        ?disabled=${light.isNeutral}
        @click=${() => light.reset()}
      >
        Reset
      </button>
      <button class="button quiet" type="button" title="Close (C)" aria-label="Close" @click=${close}>${icon('close')}</button>
    </header>
    ${slider('Brightness', 'brightness', light)} ${slider('Contrast', 'contrast', light)}
    <fieldset>
      <legend>The wheel</legend>
      <div class="choices">${wheel('zoom', 'zooms', habit)} ${wheel('scroll', 'scrolls', habit)}</div>
      <p class="hint">With Ctrl it always zooms, with Shift it moves sideways.</p>
    </fieldset>
    <label>
      <input
        type="checkbox"
        .checked=${habit.value.minimap}
        @change=${({ target }: Event) => habit.change({ minimap: (target as HTMLInputElement).checked })}
      />
      Overview of large pictures
    </label>
  </div>
`;

const slider = (words: string, name: Adjustment, light: Adjustments): TemplateResult => html`
  <label>
    <span class="name">${words}</span>
    <input
      type="range"
      min="-2"
      max="2"
      step="0.05"
      .value=${String(toSlider(light.get(name)))}
      aria-valuetext="${light.get(name)}%"
      @input=${({ target }: Event) => light.show(name, fromSlider((target as HTMLInputElement).valueAsNumber))}
      @change=${() => light.keep()}
    />
    <output aria-hidden="true">${light.get(name)}%</output>
  </label>
`;

const wheel = (value: WheelHabit, words: string, habit: ZoomHabit): TemplateResult => html`
  <label>
    <input type="radio" name="wheel" .checked=${habit.value.wheel === value} @change=${() => habit.change({ wheel: value })} />
    ${words}
  </label>
`;

const closeBy =
  (close: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
