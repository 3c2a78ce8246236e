/** `data-opens="ID"` opens a dialog, `data-closes` closes the one it stands in; one with `data-reopens` is open from the start. */

export function dialogs(page: Document): void {
  page.querySelector<HTMLDialogElement>('dialog[data-reopens]')?.showModal();
  page.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-opens], [data-closes]');
    if (!button) return;
    const name = button.dataset.opens;
    if (name === undefined) return button.closest('dialog')?.close();
    const menu = button.closest<HTMLElement>('[popover]');
    if (menu?.matches(':popover-open')) menu.hidePopover();
    page.querySelector<HTMLDialogElement>(`#${name}`)?.showModal();
  });
}
