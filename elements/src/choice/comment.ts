/** What a worker has to say about a choice: a link, and a dialog with the template's guidance and a field. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { dialog } from '../base/dialog.ts';
import type { WorkerComment } from '../instructions/worker-comment.ts';

const WORDS = 'Add a comment';

export const commentStyles = css`
  .comment {
    border-top: 1px solid var(--line);
    padding: 8px 4px 12px;
  }

  .comment p {
    color: var(--ink-soft);
    display: -webkit-box;
    margin: 4px 0 0;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .worker-comment textarea {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: inherit;
    display: block;
    font: inherit;
    margin: 12px 0;
    min-height: 96px;
    padding: 8px;
    resize: vertical;
    width: 100%;
  }
`;

/** Below the categories. */
export const commentLink = (region: WorkerComment | null, text: string, open: () => void): TemplateResult | typeof nothing =>
  region === null
    ? nothing
    : html`
        <div class="comment">
          <button class="button link" type="button" title="Comment (W)" aria-haspopup="dialog" aria-keyshortcuts="W" @click=${open}>
            ${region.linkText || WORDS}
          </button>
          ${text ? html`<p dir="auto">${text}</p>` : nothing}
        </div>
      `;

export function commentDialog(region: WorkerComment | null, text: string, write: (text: string) => void): TemplateResult | typeof nothing {
  if (region === null) return nothing;
  const title = region.header || WORDS;
  const onInput = (event: InputEvent): void => {
    // Told as a change of the element itself.
    event.stopPropagation();
    write((event.target as HTMLTextAreaElement).value);
  };
  const close = (event: Event): void => (event.currentTarget as Element).closest('dialog')?.close();
  return dialog(
    'worker-comment',
    title,
    html`
      <slot name="worker-comment"></slot>
      <textarea aria-label=${title} placeholder=${region.placeholder} .value=${text} @input=${onInput}></textarea>
      <button class="button primary" type="button" @click=${close}>Done</button>
    `,
  );
}
