/** The key that chooses a thing of a list, as the list shows it. */
import { css, html, nothing, type TemplateResult } from 'lit';

export const keyStyles = css`
  .key {
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: var(--ink-soft);
    flex: none;
    font: 11px/16px ui-monospace, 'Cascadia Mono', Menlo, monospace;
    text-align: center;
    width: 18px;
  }
`;

export const keyBadge = (key: string | undefined): TemplateResult | typeof nothing =>
  key === undefined ? nothing : html`<span class="key" aria-hidden="true">${key}</span>`;
