/** What is seen of a picture stage: the picture, the canvases over it, and a notice where there is no picture to work on. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { stageFrame } from '../../tool/stage.styles.ts';
import type { Picture } from '../file/picture.ts';
import { minimapStyles, minimapView } from './minimap-layer.ts';
import { viewPanel, viewPanelStyles } from './view-panel.ts';
import type { PictureSurface } from './picture-surface.ts';

export const stageStyles = css`
  ${stageFrame}

  .stage {
    display: flex;
    flex-direction: column;
  }

  .surface {
    cursor: crosshair;
    flex: 1;
    min-height: 0;
    overflow: hidden;
    position: relative;
    touch-action: none;
    user-select: none;
  }

  .surface:focus-visible {
    outline-offset: -2px;
  }

  .surface > img,
  .surface > canvas {
    left: 0;
    max-width: none;
    pointer-events: none;
    position: absolute;
    top: 0;
    transform-origin: 0 0;
  }

  .surface > img,
  .surface > canvas {
    image-orientation: none;
  }

  /* What is transparent is white, as the detector reads it, in every colour scheme. */
  .surface > img {
    background: white;
    forced-color-adjust: none;
  }

  .surface > .layer {
    height: 100%;
    width: 100%;
  }

  /* What somebody is at stands out, and what lies below the others can be judged. */
  .surface > .dim {
    opacity: 0.3;
  }

  @media (forced-colors: active) {
    .surface > .dim {
      opacity: 0.5;
    }
  }
  /* Somebody wants to see the picture alone for a moment. */
  .surface.bare > canvas {
    opacity: 0;
  }

  ${minimapStyles}

  ${viewPanelStyles}
`;

type View = {
  readonly name: string;
  readonly focus: () => void;
  readonly surface: PictureSurface;
  readonly notice: TemplateResult | typeof nothing;
  /** What stands above the picture. */
  readonly above: TemplateResult | typeof nothing;
};

export const stageView = ({ name, focus, surface, notice, above }: View): TemplateResult => html`
  <div class="stage">
    ${above}
    <div class="surface" data-looks tabindex="0" role="application" aria-label=${name} @pointerdown=${focus}>
      <img alt="" crossorigin="anonymous" draggable="false" decoding="async" />
      <canvas class="layer rest first" aria-hidden="true"></canvas>
      <canvas class="layer rest second" style="visibility: hidden" aria-hidden="true"></canvas>
      <canvas class="layer front" aria-hidden="true"></canvas>
      <canvas class="upper-canvas" width="1" height="1" aria-hidden="true"></canvas>
    </div>
    ${minimapView(() => {
      surface.habit.change({ minimap: false });
      focus();
    })}
    ${notice}
    ${viewPanel({ light: surface.light, habit: surface.habit, close: surface.togglePanel })}
  </div>
`;

/** What stands in place of the picture: an error of the template, or how far the picture, or `what` belongs to it, has come. */
export function notice(error: string | undefined, picture: Picture, retry: () => void, what: string): TemplateResult | typeof nothing {
  if (error !== undefined) return html`<div class="notice" role="alert"><p>${error}</p></div>`;
  switch (picture.state) {
    case 'ready':
      return nothing;
    case 'none':
      return html`<div class="notice"><p>This task names no picture: the attribute src is empty.</p></div>`;
    case 'loading':
      return html`<div class="notice"><p>Loading the ${what}…</p></div>`;
    case 'failed':
      return html`<div class="notice" role="alert">
        <p>${picture.message}</p>
        <button class="button" type="button" @click=${retry}>Try again</button>
      </div>`;
  }
}
