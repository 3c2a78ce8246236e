/** The one dialog of the elements: a title, content, and three ways to close it (button, Escape, a click outside). */
import { css, html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

export const dialogStyles = css`
  dialog {
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: 12px;
    box-shadow: var(--shadow);
    color: var(--ink);
    max-height: min(80dvh, 960px);
    max-width: min(880px, calc(100vw - 48px));
    min-width: min(480px, calc(100vw - 48px));
    padding: 0;
  }

  dialog::backdrop {
    background: rgb(10 12 18 / 50%);
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog header {
    align-items: center;
    border-bottom: 1px solid var(--line);
    display: flex;
    gap: 16px;
    justify-content: space-between;
    padding: 8px 8px 8px 24px;
  }

  dialog h2 {
    font-size: 16px;
    line-height: 24px;
    margin: 0;
  }

  dialog .content {
    overflow: auto;
    padding: 16px 24px 24px;
  }
`;

const onClick = (event: MouseEvent): void => {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
};

const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')?.close();

/** A closed dialog; `name` is its class, by which the owner opens it. */
export const dialog = (name: string, title: string, content: unknown): TemplateResult => html`
  <dialog class=${name} aria-label=${title} @click=${onClick}>
    <header>
      <h2>${title}</h2>
      <button class="button quiet" data-looks type="button" aria-label="Close" @click=${close}>${icon('close')}</button>
    </header>
    <div class="content" tabindex="0" role="region" aria-label=${title}>${content}</div>
  </dialog>
`;
