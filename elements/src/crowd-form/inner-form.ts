/**
 * The real `<form>` between crowd-form and the template's content.
 *
 * Templates reach it as `crowdForm.form` and as `querySelector('crowd-form form')` and append fields to it, and native
 * controls expect a form owner, so it must stand in the light tree with the children inside. They are wrapped once, after
 * parsing; they stay in the document, so ids stay global, and `moveBefore` (where the browser has it) keeps frames,
 * players and elements from starting over.
 */
type Movable = Element & { moveBefore?(node: Node, child: Node | null): void };

export class InnerForm {
  private form: HTMLFormElement | undefined;
  private ownEvent: Event | undefined;
  private handledInThisTask = false;

  constructor(private readonly host: HTMLElement & { submit(submitter?: HTMLElement): void }) {}

  /** The form; made on first use, also by a script that runs before the page is parsed. */
  ensure(): HTMLFormElement {
    if (this.form === undefined) {
      this.form = document.createElement('form');
      this.form.noValidate = true;
      this.host.append(this.form);
      this.host.addEventListener('submit', this.onSubmit, { capture: true });
      this.host.addEventListener('reset', this.onReset);
    }
    return this.form;
  }

  /** Puts every child of the host into the form. */
  wrap(): void {
    const form: Movable & HTMLFormElement = this.ensure();
    for (const child of [...this.host.childNodes]) {
      if (child === form) continue;
      const isMovable = child instanceof Element || child instanceof Text || child instanceof Comment;
      if (form.moveBefore && isMovable && child.isConnected) form.moveBefore(child, null);
      else form.append(child);
    }
  }

  /** Fires a cancelable `submit` that bubbles from the form; true when no listener cancelled it. */
  dispatchSubmit(submitter?: HTMLElement): boolean {
    this.ownEvent = new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: submitter ?? null });
    this.handledInThisTask = true;
    setTimeout(() => (this.handledInThisTask = false));
    return this.ensure().dispatchEvent(this.ownEvent);
  }

  /**
   * The browser's own submission, of this form or of one nested in it, never leaves the page: it becomes `submit()`.
   * A button whose handler has just called `submit()` submits natively as well; that second one is dropped.
   */
  private readonly onSubmit = (event: SubmitEvent): void => {
    if (event === this.ownEvent) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.handledInThisTask) this.host.submit(event.submitter ?? undefined);
  };

  private readonly onReset = (): void => {
    this.host.dispatchEvent(new Event('input', { bubbles: true }));
  };
}
