/** The pane on the left: the short instructions, and the way to the whole ones. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { icon } from '../base/icons.ts';
import { followPane, keepPane, keptPane } from '../frame/panes.ts';

/** Whether the pane, when open, lies over the picture; the style sheet says the same. */
export const COVERS = window.matchMedia('(width <= 760px)');

/** The picture has too little room with the instructions beside it: they start closed. In CSS pixels. */
const ROOM = 1100;

const NAME = 'instructions';

/** Does the pane open by itself? As the worker left it, but never over the picture. */
export function startsOpen(): boolean {
  return !COVERS.matches && (keptPane(NAME) ?? window.innerWidth > ROOM);
}

/** Keeps how the worker wants it; what lies over the picture is opened for a look only. */
export function rememberOpen(isOpen: boolean): void {
  if (!COVERS.matches) keepPane(NAME, isOpen);
}

/** Calls when it has come how the worker left it; answers how to stop that. */
export const followOpen = (fit: () => void): (() => void) => followPane(NAME, () => COVERS.matches || fit());

export const instructionsPaneStyles = css`
  .awsui-app-layout__navigation {
    border-right: 1px solid var(--line);
    display: flex;
    flex-direction: column;
    grid-area: nav;
    min-height: 0;
    width: 272px;
  }

  .awsui-app-layout__navigation.closed {
    width: 48px;
  }

  .nav-header {
    align-items: center;
    display: flex;
    gap: 8px;
    min-height: 48px;
    padding: 0 4px 0 16px;
  }

  .closed .nav-header {
    padding: 0 4px;
  }

  .nav-header h2 {
    flex: 1;
    font-size: 14px;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .nav-body {
    flex: 1;
    overflow: auto;
    padding: 0 16px 16px;
  }

  .closed .nav-body,
  .closed h2 {
    display: none;
  }

  .moreInstructionsLink {
    margin-bottom: 12px;
  }

  @media (width <= 1100px) {
    .awsui-app-layout__navigation:not(.closed) {
      width: 224px;
    }
  }

  @media (width <= 760px) {
    .awsui-app-layout__navigation:not(.closed) {
      background: var(--paper);
      box-shadow: var(--shadow);
      grid-area: 1 / 1 / -1 / -1;
      inset: 0 auto 0 0;
      position: absolute;
      width: min(320px, 90%);
      z-index: 1;
    }
  }
`;

type Pane = { readonly isOpen: boolean; readonly hasFull: boolean; readonly toggle: () => void; readonly showFull: () => void };

export const instructionsPane = ({ isOpen, hasFull, toggle, showFull }: Pane): TemplateResult => html`
  <section class="awsui-app-layout__navigation ${isOpen ? '' : 'closed'}" aria-label="Instructions">
    <div class="nav-header">
      <h2>Instructions</h2>
      <button class="button quiet" data-looks type="button" title="Instructions" aria-label="Instructions" aria-expanded=${String(isOpen)} @click=${toggle}>
        ${icon('panel')}
      </button>
    </div>
    <div class="nav-body" tabindex=${isOpen ? 0 : -1} role="region" aria-label="Short instructions">
      ${hasFull ? html`<button class="button link moreInstructionsLink" data-looks type="button" @click=${showFull}>View full instructions</button>` : nothing}
      <slot name="short-instructions"></slot>
    </div>
  </section>
`;
