/**
 * The real `<form>` between crowd-form and the template's content.
 *
 * Templates reach it as `crowdForm.form` and as `querySelector('crowd-form form')` and append fields to it, and native
 * controls expect a form owner, so it must stand in the light tree with the children inside. They are wrapped once, after
 * parsing; they stay in the document, so ids stay global.
 */
type Movable = Element & { moveBefore?(node: Node, child: Node | null): void };

/** Regions of the form itself stay outside of it, because they come first wherever a template puts them. */
const REGIONS = 'short-instructions, full-instructions';

const STARTS_OVER = 'iframe, object, embed, video, audio';

/**
 * Moves nodes to the end of the form. Only what would start over is moved by `moveBefore`: in Chromium a form that gets its
 * first content that way while the page is still arriving can stay without a box for good, and all of its content with it.
 */
export function move(form: Movable, nodes: readonly ChildNode[]): void {
  for (const node of nodes) {
    const startsOver = node instanceof Element && (node.matches(STARTS_OVER) || node.querySelector(STARTS_OVER) !== null);
    if (!startsOver || !form.moveBefore || !node.isConnected) {
      form.append(node);
      continue;
    }
    // Reading its size gives the form its box before anything is moved in.
    form.getBoundingClientRect();
    form.moveBefore(node, null);
  }
}

export class InnerForm {
  private form: HTMLFormElement | undefined;
  private ownEvent: Event | undefined;
  private handledInThisTask = false;

  constructor(private readonly host: HTMLElement & { submit(submitter?: HTMLElement): void }) {}

  /** The form; made on first use, also by a script that runs before the page is parsed. */
  ensure(): HTMLFormElement {
    if (this.form) return this.form;
    const form = document.createElement('form');
    this.use(form);
    this.host.append(form);
    return form;
  }

  /** Makes this the form, before there is one. */
  use(form: HTMLFormElement): void {
    this.form = form;
    form.noValidate = true;
    this.host.addEventListener('submit', this.onSubmit, { capture: true });
    this.host.addEventListener('reset', this.onReset);
  }

  /** Puts every child of the host into the form, its instructions excepted. */
  wrap(): void {
    const form = this.ensure();
    const { activeElement: focused } = document;
    const focusVisible = focused?.matches(':focus-visible') ?? false;
    const isContent = (child: ChildNode): boolean => child !== form && !(child instanceof Element && child.matches(REGIONS));
    move(form, [...this.host.childNodes].filter(isContent));
    // A field that has the focus already (`autofocus`, an impatient worker) loses it by being moved.
    const options: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible };
    if (focused instanceof HTMLElement && form.contains(focused)) focused.focus(options);
  }

  /** Forms of the template's inside this one are asked by us: the browser would not even tell us that it found something wrong. */
  adopt(): void {
    for (const form of this.host.querySelectorAll('form')) form.noValidate = true;
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
