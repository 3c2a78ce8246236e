/** The wrapper of every task: collects, validates and submits the answer (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { afterResize } from '../base/after-resize.ts';
import { CrowdElement } from '../base/crowd-element.ts';
import { Drafts } from '../frame/drafts.ts';
import { link } from '../frame/link.ts';
import type { Answer, Draft, FromPortal } from '../frame/protocol.ts';
import { pendingIn } from '../loading/chunks.ts';
import { loader } from '../loading/page-loader.ts';
import { styles } from './crowd-form.styles.ts';
import { FieldStates } from '../form/field-states.ts';
import { collect, collectDraft } from '../form/fields.ts';
import { bringerOf, formsOf, pageOf } from '../form/page-forms.ts';
import { InnerForm, move } from './inner-form.ts';
import { hasOwnSubmit, ownSubmit, standsAbove, submitHost, submits, type HostsSubmit } from './submit-control.ts';
import { ProblemList } from '../form/problem-list.ts';
import { resetUnowned } from '../form/reset.ts';

/** By which a worker does something; a script that hears one may set a field and fire nothing itself. */
const ACTS = ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup', 'drop'];

/**
 * @fires submit - cancelable, after validation and before the answer is collected, so that values which a listener
 *   sets are part of the answer.
 */
export class CrowdForm extends CrowdElement {
  static override styles = [CrowdElement.styles, styles];

  /** Only Mechanical Turk flattens answers; A2I keeps objects nested. Kept so that the attribute has a property. */
  @property({ attribute: 'answer-format' }) answerFormat: string | null = null;

  @state() private drawsSubmit = false;
  /** Why the portal did not take the answer. */
  @state() private refusal = '';
  /** Names of fields that the draft holds something for and that are not on the page. */
  @state() private missing = '';
  @state() private preview: Answer | undefined;
  @state() private sent = false;

  private readonly inner = new InnerForm(this);
  private readonly states = new FieldStates();
  private readonly problems = new ProblemList(() => this.requestUpdate());
  private readonly drafts = new Drafts(
    () => this.draft(),
    (message) => void link.send(message),
  );
  private host: HostsSubmit | undefined;
  private hasOwnSubmit = false;
  private isSetUp = false;
  private isWaiting = false;
  private looking: ReturnType<typeof setTimeout> | undefined;
  private dispatching = false;
  private submitAgain = false;

  /** The form that holds the children, in the document's light tree. */
  get form(): HTMLFormElement {
    return this.inner.ensure();
  }

  /** The document; the forms of a page make one answer, collected by whichever is submitted. */
  private get page(): ParentNode & Node {
    return pageOf(this);
  }

  private get forms(): CrowdForm[] {
    return formsOf<CrowdForm>(this.page);
  }

  /** The first form of the page, which speaks with the portal for all. */
  private get lead(): CrowdForm {
    return this.forms[0] ?? this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isSetUp) return;
    if (document.readyState !== 'loading') return this.setUp();
    // Before scripts that waited for the page's end, modules too: elements that they define are then where they stay.
    document.addEventListener('readystatechange', () => this.inner.wrap(), { once: true });
    document.addEventListener('DOMContentLoaded', () => this.setUp(), { once: true });
  }

  /** Validates, fires `submit` and, unless a listener objects, hands the answer in. */
  submit(submitter?: HTMLElement): void {
    if (this.sent) return;
    if (this.dispatching) {
      this.submitAgain = true;
      return;
    }
    for (const form of this.forms) form.letGo();
    if (!this.problems.ask(this.page)) return;
    if (this.dispatchSubmit(submitter)) this.handInUnchecked();
    // A listener that cancelled and called submit() itself wants another round.
    else if (this.submitAgain) this.submit(submitter);
    this.submitAgain = false;
  }

  /** Hands the answer in as it stands, as HTML's own `form.submit()` would send it. */
  handInUnchecked(): void {
    if (!this.sent) void this.handIn(collect(this.page));
  }

  /** Takes the place of a form of the page, and that form as its own. */
  adopt(form: HTMLFormElement): void {
    this.inner.use(form);
    form.before(this);
    move(this, [form]);
  }

  /** Puts every field back to what the template gave. */
  reset(): void {
    // Values appended while the answer is being submitted must survive a reset from a submit listener.
    if (this.dispatching) return;
    for (const form of this.querySelectorAll('form')) form.reset();
    const bringer = bringerOf(this);
    if (bringer) resetUnowned([bringer, ...bringer.querySelectorAll('*')] as HTMLElement[]);
    this.letGo();
  }

  /** What Mechanical Turk's encoding of the answer looks like; templates' own scripts ask for it. */
  _serializeForm(): { taskAnswers: string } {
    return { taskAnswers: JSON.stringify([collect(this.page)]) };
  }

  protected override render(): TemplateResult {
    return html`
      <slot name="instructions"></slot>
      <slot></slot>
      ${this.missing
        ? html`<div class="notice ${this.host ? 'below-tool' : ''}" role="status">
            Your draft holds more than the page shows: ${this.missing}. It is kept, and part of the answer only when the page shows it again.
          </div>`
        : nothing}
      ${this.refusal || this.problems.hasText
        ? html`<div
            class="error ${this.host && !this.drawsSubmit ? 'floating' : this.host ? 'below-tool' : ''}"
            role="alert"
            aria-atomic="false"
            aria-relevant="additions"
          >
            ${this.refusal || nothing}${this.problems.render()}
          </div>`
        : nothing}
      ${this.drawsSubmit
        ? html`<div id="footerContainer" class=${this.host ? 'below-tool' : ''}>
            <div id="actionsContainer">
              <awsui-button data-testid="crowd-submit" @click=${this.pressDrawn}>
                <button class="button primary" type="button" ?disabled=${this.sent}>Submit</button>
              </awsui-button>
            </div>
          </div>`
        : nothing}
      ${this.preview
        ? html`<section id="answers-box" aria-label="Answer" tabindex="0">
            <h2>Answer (this page is not open in a worker portal)</h2>
            <pre>${JSON.stringify([this.preview], null, 2)}</pre>
          </section>`
        : nothing}
    `;
  }

  private setUp(): void {
    if (this.isSetUp) return;
    this.isSetUp = true;
    loader.watch(this.page);
    this.inner.wrap();
    this.placeSubmit();
    // A script may add or remove the tool that draws the button, or a button of its own.
    const mutations = new MutationObserver(() => this.onMutation());
    const scope = { childList: true, subtree: true, attributeFilter: ['disabled', 'name', 'type'] };
    mutations.observe(this.page, scope);
    afterResize(this.form, () => this.placeSubmit());
    // On their way down, because a handler of the template may stop them there.
    for (const kind of ['input', 'change']) this.addEventListener(kind, this.onChange, { capture: true });
    const bringer = bringerOf(this);
    if (bringer) {
      loader.watch(this);
      mutations.observe(this, scope);
      for (const kind of ['input', 'change']) bringer.addEventListener(kind, this.onBringersChange, { capture: true });
      bringer.addEventListener('click', this.onBringersClick);
    }
    for (const act of ACTS) window.addEventListener(act, this.onAct, { capture: true });
    document.addEventListener('keydown', this.onKey);
    window.addEventListener('pagehide', () => this.drafts.flush());
    link.listen((message) => this.onMessage(message));
  }

  /** One button for the page, at its end: in the tool where that is the last there is, else below the last form. */
  private placeSubmit(): void {
    this.inner.adopt();
    this.hasOwnSubmit ||= hasOwnSubmit(this.page);
    const pending = pendingIn(this.page).map(({ localName }) => localName);
    if (pending.length > 0) void this.placeSubmitAfter(pending);
    const isWanted = !this.hasOwnSubmit && pending.length === 0 && this.forms.at(-1) === this;
    const host = isWanted ? submitHost(this.page) : undefined;
    if (this.host && this.host !== host) this.host.hostsSubmit = false;
    this.host = host;
    if (host) {
      host.hostsSubmit = true;
      host.hidesSubmit = !(this.contains(host) || host === bringerOf(this)) || standsAbove(host, this.form);
    }
    this.drawsSubmit = isWanted && (host?.hidesSubmit ?? true);
  }

  /** Elements that are still to come may draw the button. */
  private async placeSubmitAfter(tags: readonly string[]): Promise<void> {
    if (this.isWaiting) return;
    this.isWaiting = true;
    await Promise.all(tags.map((tag) => customElements.whenDefined(tag)));
    this.isWaiting = false;
    this.onMutation();
  }

  private readonly pressDrawn = (): void => {
    if (this.host) this.host.pressSubmit();
    else this.submit();
  };

  /** As if the worker pressed the page's own button, so that a template's handlers of that are heard. */
  private press(): void {
    const own = ownSubmit(this.page);
    if (own) own.click();
    else if (own === undefined) (this.forms.at(-1) ?? this).pressDrawn();
  }

  /** Forgets what kept the last submission back. */
  private letGo(): void {
    this.refusal = '';
    this.problems.clear();
  }

  /** Looks a moment later what has been put right: handlers and elements hear of a change after this form. */
  private lookLater(): void {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => {
      for (const form of this.forms) form.problems.look();
    });
  }

  /** Fires `submit` on the inner form, so that listeners there and on this element hear it. True: nobody objected. */
  private dispatchSubmit(submitter?: HTMLElement): boolean {
    this.dispatching = true;
    try {
      return this.inner.dispatchSubmit(submitter);
    } finally {
      this.dispatching = false;
    }
  }

  private async handIn(answer: Answer): Promise<void> {
    this.setSent(true);
    this.lead.drafts.finish();
    if (await link.linked()) return link.send({ type: 'submit', answer });
    this.preview = answer;
    this.setSent(false);
    await this.updateComplete;
    this.renderRoot.querySelector('#answers-box')?.scrollIntoView({ block: 'nearest' });
  }

  private setSent(sent: boolean): void {
    for (const form of this.forms) {
      form.sent = sent;
      if (form.host) form.host.submitting = sent;
    }
  }

  private draft(): Draft {
    return { answer: collectDraft(this.page), state: this.states.save(this.page) };
  }

  /** A script may have brought a field that the draft holds something for. */
  private onMutation(): void {
    this.placeSubmit();
    if (this.lead === this) this.fill();
  }

  private fill(): void {
    this.states.fill(this.page);
    this.missing = this.states.missing.join(', ');
  }

  private readonly onChange = ({ target }: Event): void => {
    const { lead } = this;
    lead.states.changed(this.page, target);
    lead.drafts.changed();
    this.lookLater();
  };

  /** The same of what the element around this form holds beside it. */
  private readonly onBringersChange = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.onChange(event);
  };

  /** A button there has no form that its browser knows of. */
  private readonly onBringersClick = ({ target, defaultPrevented }: Event): void => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button, input') : null;
    if (button && !defaultPrevented && submits(button) && !('form' in button && button.form)) this.submit(button);
  };

  private readonly onAct = (): void => {
    if (this.lead !== this || this.sent) return;
    this.states.settle(this.page);
    this.fill();
    this.drafts.acting();
    this.lookLater();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.repeat) return;
    // Every form of the page listens; one of them answers.
    if (this.lead !== this) return;
    event.preventDefault();
    this.press();
  };

  private onMessage(message: FromPortal): void {
    if (this.lead !== this) return;
    switch (message.type) {
      case 'restore':
        this.states.restore(this.page, message.draft.state);
        this.fill();
        return this.drafts.stop();
      case 'flush':
        return this.drafts.flush(message.id);
      case 'read-only':
        return this.setSent(true);
      case 'request-submit':
        return this.press();
      case 'submit-result':
        if (message.ok) return;
        this.setSent(false);
        (this.forms.at(-1) ?? this).refusal = message.message ?? 'The answer was not accepted. Try again.';
    }
  }
}
