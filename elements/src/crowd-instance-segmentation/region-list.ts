/** The instances on a picture, below the labels: each with its colour and its size; a click selects it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Rearranging } from '../raster/rearranging.ts';
import type { Segmentation } from '../raster/segmentation.ts';

/** So many are listed, about the selected one; who has more finds them on the picture, or by Tab. */
const MOST_LISTED = 100;

export const regionListStyles = css`
  .panes {
    display: flex;
    flex-direction: column;
    grid-area: labels;
    min-height: 0;
  }

  /* The labels take what they need up to half, the instances the rest. */
  .panes > .label-pane-content {
    flex: 0 1 auto;
    max-height: 50%;
  }

  /* Each instance has a colour of its own. */
  .panes .label-list .swatch {
    display: none;
  }

  .regions {
    border-left: 1px solid var(--line);
    border-top: 1px solid var(--line);
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-height: 0;
  }

  .regions header {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    justify-content: space-between;
    min-height: 48px;
    padding: 4px 8px 4px 16px;
  }

  .region-acts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }

  .region-acts .button {
    font-size: 13px;
    padding-inline: 8px;
  }

  .regions h2 {
    font-size: 14px;
    margin: 0;
  }

  .region-rows {
    min-height: 0;
    overflow-y: auto;
    padding: 2px 8px 8px;
  }

  .region {
    background: none;
    border: 0;
    color: inherit;
    font: inherit;
    text-align: left;
    width: 100%;
  }

  .region[aria-pressed='true'] {
    background: var(--accent-soft);
    font-weight: 600;
  }

  .regions p {
    color: var(--ink-soft);
    margin: 0;
    padding: 8px;
  }

  @media (forced-colors: active) {
    .region[aria-pressed='true'] {
      background: SelectedItem;
      color: SelectedItemText;
      forced-color-adjust: none;
    }
  }

  /* Beside the labels there is room for the button only. */
  @media (width <= 760px) {
    .panes {
      border-top: 1px solid var(--line);
      flex-direction: row;
    }

    .panes > .label-pane-content {
      border: 0;
      flex: 1;
      max-height: none;
      min-width: 0;
    }

    .regions {
      border: 0;
      flex: none;
      justify-content: center;
    }

    .regions h2,
    .region-rows {
      display: none;
    }
  }
`;

type List = {
  readonly work: Segmentation;
  readonly rearranging: Rearranging;
  /** What the next stroke begins, after the selected one has been let go of. */
  readonly begin: () => void;
  readonly select: (number: number) => void;
};

export function regionList({ work, rearranging, begin, select }: List): TemplateResult {
  const { selectedAll } = work;
  const { present } = work.regions;
  const at = Math.max(present.indexOf(selectedAll.at(-1) ?? 0), 0);
  const start = Math.max(0, Math.min(at - MOST_LISTED / 2, present.length - MOST_LISTED));
  const listed = present.slice(start, start + MOST_LISTED);
  return html`
    <section class="regions" aria-label="Instances">
      <header>
        <h2>Instances</h2>
${act('Add instance', 'N', 'Begin another instance', begin)}
        <div class="region-acts">
          ${act('Merge', 'M', 'Merge the selected instances into the one that was selected first', () => rearranging.merge(), !rearranging.canMerge)}
          ${act('Split', 'Shift+M', 'Make an instance of each part of the selected one', () => rearranging.split(), selectedAll.length !== 1)}
          ${several(work)}
        </div>
      </header>
      <div class="region-rows" role="group" aria-label="Instances">
        ${repeat(listed, (number) => number, (number) => row(work, number, selectedAll.includes(number), select))}
        ${present.length > listed.length ? html`<p>${(present.length - listed.length).toLocaleString('en')} more: click them on the picture in Select, or press Tab there.</p>` : nothing}
        ${present.length === 0 ? html`<p>Paint to begin one.</p>` : nothing}
      </div>
    </section>
  `;
}

const act = (name: string, keys: string, title: string, run: () => void, disabled = false): TemplateResult => html`
  <button class="button" type="button" title="${title} (${keys.replace('+', ' + ')})" aria-keyshortcuts=${keys} ?disabled=${disabled} @mousedown=${keepFocus} @click=${run}>
    ${name}
  </button>
`;

/** For fingers, and for who cannot hold Shift. */
const several = (work: Segmentation): TemplateResult => html`
  <button
    class="button"
    type="button"
    title="Each click selects one more (Shift + click)"
    aria-pressed=${String(work.selection.growsByClick)}
    @mousedown=${keepFocus}
    @click=${() => {
      work.selection.growsByClick = !work.selection.growsByClick;
      work.notify();
    }}
  >
    Select several
  </button>
`;

const row = (work: Segmentation, number: number, isSelected: boolean, select: (number: number) => void): TemplateResult => html`
  <button
    class="label-button region"
    type="button"
    aria-pressed=${String(isSelected)}
    title=${work.regions.labelOf(number)}
    @mousedown=${keepFocus}
    @click=${({ shiftKey }: MouseEvent) => (shiftKey || work.selection.growsByClick ? work.toggle(number) : select(number))}
  >
    <span class="swatch" style="background:${work.regions.colorOf(number)}"></span>
    <span class="name">${work.regions.labelOf(number)}</span>
    <span class="count">${number}</span>
  </button>
`;

/** A click leaves the keyboard where it was, with the stage. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();
