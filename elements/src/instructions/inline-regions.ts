/** The two instruction regions of an element that is no tool with a pane: above the work, the whole ones behind a link. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { dialog } from '../base/dialog.ts';

export const INLINE_REGIONS: readonly string[] = ['short-instructions', 'full-instructions'];

export const inlineRegionStyles = css`
  .instructions {
    background: var(--paper-soft);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    margin-bottom: 16px;
    padding: 8px 16px;
  }
`;

const open = (event: Event): void =>
  ((event.currentTarget as HTMLElement).getRootNode() as ShadowRoot).querySelector<HTMLDialogElement>('dialog.awsui-modal-dialog')?.showModal();

export function inlineRegions(host: Element): TemplateResult | typeof nothing {
  const full = host.querySelector(':scope > full-instructions');
  const hasShort = host.querySelector(':scope > short-instructions') !== null;
  if (!full && !hasShort) return nothing;
  return html`
    <div class="instructions">
      ${full ? html`<button class="button link moreInstructionsLink" type="button" @click=${open}>View full instructions</button>` : nothing}
      <slot name="short-instructions"></slot>
    </div>
    ${dialog('awsui-modal-dialog', full?.getAttribute('header') || 'Instructions', html`<slot name="full-instructions"></slot>`)}
  `;
}
