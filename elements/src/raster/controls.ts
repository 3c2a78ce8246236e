/** Two small sliders of a segmentation tool's bar: how large the brush is, how much the mask covers up. */
import { css, html, type TemplateResult } from 'lit';

export const controlStyles = css`
  .headerContainer {
    container-type: inline-size;
  }

  /* So many buttons fill rows, whatever group they are of. */
  @media (width <= 760px) {
    .headerButtonsContainer .group {
      display: contents;
    }
  }

  .slider {
    align-items: center;
    color: var(--ink-soft);
    display: flex;
    gap: 4px;
    padding: 0 8px;
  }

  .slider input {
    accent-color: var(--accent);
    margin: 0;
    width: 72px;
  }

  .slider output {
    font-variant-numeric: tabular-nums;
    min-width: 36px;
  }

  /* Beside so many buttons there is no room for words. */
  @container (width <= 920px) {
    .slider span,
    .slider output {
      display: none;
    }

    .slider input {
      width: 64px;
    }
  }
`;

type Slider = {
  readonly name: string;
  readonly title: string;
  /** From 0 to 1. */
  readonly position: number;
  /** Its value in words. */
  readonly text: string;
  readonly disabled?: boolean;
  readonly set: (position: number) => void;
};

export const slider = ({ name, title, position, text, disabled, set }: Slider): TemplateResult => html`
  <label class="slider" title=${title}>
    <span aria-hidden="true">${name}</span>
    <input
      type="range"
      min="0"
      max="1"
      step="0.01"
      .value=${String(position)}
      aria-label=${name}
      aria-valuetext=${text}
      ?disabled=${disabled ?? false}
      @input=${(event: InputEvent) => set((event.target as HTMLInputElement).valueAsNumber)}
    />
    <output aria-hidden="true">${text}</output>
  </label>
`;
