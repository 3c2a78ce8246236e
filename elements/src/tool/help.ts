/** The dialog that lists every key. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { dialog } from '../base/dialog.ts';
import type { Hint } from './shortcuts.ts';

export const helpStyles = css`
  .keys {
    border-collapse: collapse;
    width: 100%;
  }

  .keys th,
  .keys td {
    border-bottom: 1px solid var(--line);
    font-weight: normal;
    padding: 6px 16px 6px 0;
    text-align: left;
    vertical-align: top;
  }

  .keys th {
    white-space: nowrap;
    width: 1%;
  }

  .keys kbd {
    white-space: nowrap;
  }

  @media (width <= 480px) {
    .keys th {
      white-space: normal;
      width: 36%;
    }
  }

  .change-keys {
    margin-bottom: 8px;
  }

  kbd {
    background: var(--paper-soft);
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 4px;
    font: 12px/18px ui-monospace, 'Cascadia Mono', Menlo, monospace;
    padding: 1px 6px;
  }
`;

const row = ({ keys, does }: Hint): TemplateResult => html`
  <tr>
    <th scope="row">${keys.split(', ').map((key, index) => html`${index > 0 ? ' ' : ''}<kbd>${key}</kbd>`)}</th>
    <td>${does}</td>
  </tr>
`;

/** `acts` stands above the keys, of which there may be many. */
export const helpDialog = (keys: readonly Hint[], acts: unknown = nothing): TemplateResult =>
  dialog('help', 'Keyboard shortcuts', html`${acts}<table class="keys"><tbody>${keys.filter(({ keys }) => keys !== '').map(row)}</tbody></table>`);
