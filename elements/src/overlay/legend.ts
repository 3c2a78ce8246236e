/** The labels of an overlay: what their colours mean, how many annotations have them, and a way to look at what lies below. */
import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import type { Work } from '../tool/work.ts';

export const legendStyles = css`
  .legend {
    border-top: 1px solid var(--line);
    padding: 4px 0 8px;
  }

  .legend header {
    align-items: center;
    display: flex;
    justify-content: space-between;
    padding-inline-start: 4px;
  }

  .legend h2 {
    font-size: 14px;
    line-height: 20px;
    margin: 0;
  }

  .legend ul {
    list-style: none;
    margin: 0;
    max-height: 240px;
    overflow-y: auto;
    padding: 0;
  }

  .legend li {
    align-items: center;
    display: flex;
    gap: 8px;
    padding: 4px;
  }

  .legend .swatch {
    border: 1px solid light-dark(rgb(0 0 0 / 30%), rgb(255 255 255 / 40%));
    border-radius: 3px;
    flex: none;
    forced-color-adjust: none;
    height: 14px;
    width: 14px;
  }

  .legend .name {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .legend .count {
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }
`;

export function legend(work: Work, hasColors: boolean): TemplateResult {
  const { labels } = work;
  const isHidden = labels.anyHidden;
  const row = (name: string): TemplateResult => html`
    <li>
      ${hasColors ? html`<span class="swatch" style="background:${labels.colorOf(name)}"></span>` : ''}
      <span class="name" dir="auto">${name}</span>
      <span class="count">${work.countOf(name)}</span>
    </li>
  `;
  return html`
    <section class="legend" aria-label="Annotations">
      <header>
        <h2>Annotations</h2>
        <button
          class="button quiet"
          type="button"
          title="${isHidden ? 'Show' : 'Hide'} the annotations (H)"
          aria-label="Hide the annotations"
          aria-keyshortcuts="h"
          aria-pressed=${String(isHidden)}
          @click=${() => labels.toggleAllHidden()}
        >
          ${icon(isHidden ? 'eyeOff' : 'eye')}
        </button>
      </header>
      <ul tabindex="0" aria-label="Labels of the annotations">
        ${repeat(labels.names, (name) => name, row)}
      </ul>
    </section>
  `;
}
