/** The instances on a picture, below the labels: each with its colour and its size; a click selects it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, type IconName } from '../base/icons.ts';
import { keepFocus } from '../base/keep-focus.ts';
import type { Rearranging } from '../raster/rearranging.ts';
import type { Segmentation } from '../raster/segmentation.ts';

/** So many are listed, about the selected one; who has more finds them on the picture, or by Tab. */
const MOST_LISTED = 100;

export const regionListStyles = css`
  /* Each instance has a colour of its own. */
  .panes .label-list .swatch,
  .label-menu .swatch {
    display: none;
  }

  .regions {
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
  }

  .regions .begin {
    flex: 1 0 100%;
    gap: 4px;
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

  /* Beside the labels there is room for buttons only. */
  @media (width <= 760px) {
    .regions {
      border: 0;
      flex: none;
      justify-content: center;
    }

    .regions header {
      flex-wrap: nowrap;
      padding-inline: 4px;
    }

    .regions .begin {
      flex: none;
    }

    .regions .begin span,
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
  const { selection } = work;
  const selected = selection.all;
  const { present } = work.regions;
  const at = Math.max(present.indexOf(selected.at(-1) ?? 0), 0);
  const start = Math.max(0, Math.min(at - MOST_LISTED / 2, present.length - MOST_LISTED));
  const listed = present.slice(start, start + MOST_LISTED);
  return html`
    <section class="regions" aria-label="Instances">
      <header>
        <h2>Instances</h2>
        <div class="region-acts">
          ${act({ name: 'Merge', icon: 'merge', title: 'Merge the selected instances into the one that was selected first', keys: 'M', run: () => rearranging.merge() }, { disabled: !rearranging.canMerge })}
          ${act({ name: 'Split', icon: 'parts', title: 'Make an instance of each part of the selected one', keys: 'Shift+M', run: () => rearranging.split() }, { disabled: selected.length !== 1 })}
          ${act({ name: 'Select several', icon: 'several', title: 'Each click selects one more', keys: 'Shift+click', run: () => work.selectSeveral(!selection.growsByClick) }, { pressed: selection.growsByClick })}
        </div>
        <button class="button begin" type="button" title="Begin another instance (N)" aria-keyshortcuts="N" aria-label="Add instance" @mousedown=${keepFocus} @click=${begin}>
          ${icon('plus')}<span>Add instance</span>
        </button>
      </header>
      <div class="region-rows" role="group" aria-label="Instances">
        ${repeat(listed, (number) => number, (number) => row(work, number, selected.includes(number), select))}
        ${present.length > listed.length ? html`<p>${(present.length - listed.length).toLocaleString('en')} more: click them on the picture in Select, or press Tab there.</p>` : nothing}
        ${present.length === 0 ? html`<p>Paint to begin one.</p>` : nothing}
      </div>
    </section>
  `;
}

type Act = { readonly name: string; readonly icon: IconName; readonly title: string; readonly keys: string; readonly run: () => void };

const act = ({ name, icon: drawing, title, keys, run }: Act, options: { disabled?: boolean; pressed?: boolean } = {}): TemplateResult => html`
  <button
    class="button quiet"
    type="button"
    title="${title} (${keys.replace('+', ' + ')})"
    aria-label=${name}
    aria-keyshortcuts=${/click/.test(keys) ? nothing : keys}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    ?disabled=${options.disabled ?? false}
    @mousedown=${keepFocus}
    @click=${run}
  >
    ${icon(drawing)}
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
