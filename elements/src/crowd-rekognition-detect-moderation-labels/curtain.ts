/** What keeps a picture from being seen before the worker asks for it: some should not be met with unprepared. */
import { css, html, nothing, type TemplateResult } from 'lit';

export const curtainStyles = css`
  .curtain {
    align-content: center;
    display: grid;
    gap: 12px;
    grid-area: surface;
    justify-items: center;
    padding: 24px;
    pointer-events: none;
    text-align: center;
    z-index: 1;
  }

  .curtain > * {
    pointer-events: auto;
  }

  .curtain p {
    background: var(--paper);
    border-radius: var(--radius);
    margin: 0;
    max-width: 400px;
    padding: 8px 16px;
  }

  /* Without colours, what shines through is easier to bear. */
  .curtain + .stage {
    overflow: clip;
  }

  .curtain + .stage .surface {
    filter: blur(32px) grayscale(1);
  }
`;

/** Before there is a picture it hides nothing, and says nothing. */
export const curtain = (hasPicture: boolean, open: () => void): TemplateResult => html`
  <div class="curtain">
    ${hasPicture
      ? html`
          <p>The picture is blurred, because it may be disturbing.</p>
          <button class="button primary" data-looks type="button" aria-keyshortcuts="b" title="Show the picture (B)" @click=${open}>Show the picture</button>
        `
      : nothing}
  </div>
`;
