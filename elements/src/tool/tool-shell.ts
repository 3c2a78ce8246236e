/**
 * The shell of every tool: title, buttons, instructions, messages, Submit and keys, around what a tool adds: a stage with
 * the work, a pane beside it, and its state.
 *
 * The class names in the shadow root that templates reach for are those of `a2i-facts/crowd-elements/image-annotation.md`.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { dialog } from '../base/dialog.ts';
import { text } from '../base/text-property.ts';
import { FormElement } from '../form/form-element.ts';
import { formOf } from '../form/page-forms.ts';
import type { Json } from '../frame/protocol.ts';
import { COVERS, followOpen, instructionsPane, rememberOpen, startsOpen } from '../instructions/instructions-pane.ts';
import type { HasRegions } from '../instructions/region.ts';
import { loader } from '../loading/page-loader.ts';
import { footer } from './footer.ts';
import { helpDialog } from './help.ts';
import { Keyboard, type KeyTarget } from './keyboard.ts';
import { hasOtherContent } from './other-content.ts';
import { remark } from './remark.ts';
import { fillWindow } from './room.ts';
import type { Hint } from './shortcuts.ts';
import { toolbar } from './toolbar.ts';
import { styles } from './tool-shell.styles.ts';

/**
 * @fires change - the work changed
 * @slot short-instructions - shown beside the stage
 * @slot full-instructions - shown in a dialog
 * @slot - whatever else the element holds, also what a self-closed tag swallows, is shown after the tool
 */
export abstract class ToolShell extends FormElement implements HasRegions {
  static override styles = [FormElement.styles, styles];

  /** The task in a line, above the stage. */
  @text() header = '';

  /** crowd-form asks the tool to draw the Submit button. */
  @property({ attribute: false }) hostsSubmit = false;

  /** crowd-form shows the Submit button at the end of the page; the tool keeps its own out of sight. */
  @property({ attribute: false }) hidesSubmit = false;

  /** The answer is on its way; Submit waits. */
  @property({ attribute: false }) submitting = false;

  /** Why the answer was not accepted; empty while there is nothing to say. */
  @state() protected error = '';
  @state() private dismissed = '';
  @state() private showsInstructions = startsOpen();

  @query('.layout') private readonly layout!: HTMLElement;

  readonly regions: readonly string[] = ['short-instructions', 'full-instructions'];
  private keyboard: Keyboard | undefined;
  private unfollow: (() => void) | undefined;

  constructor() {
    super();
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  // What a tool adds

  /** The answer as it stands: the same object until the work changes, so that a script may add to it. */
  abstract get _submittableValue(): Json;

  /** Every key of the tool, in the order of the help. */
  protected abstract readonly keys: readonly Hint[];
  protected abstract readonly keyTarget: KeyTarget;
  /** The same as the help lists them. */
  protected get hints(): readonly Hint[] {
    return this.keys;
  }

  /** Why the answer cannot be accepted as it stands; empty when it can. */
  protected abstract get fault(): string;
  /** What is selected, or what there is; also what a screen reader is told. */
  protected abstract get status(): string;
  /** How what is worked on is shown, where that is not as it is: seen beside the status, but not told with it. */
  protected get shownAs(): string {
    return '';
  }
  /** What the worker should know of what the template gave; empty where there is nothing to say. */
  protected abstract get remark(): string;

  /** The groups of buttons above the stage. */
  protected abstract renderTools(): TemplateResult | typeof nothing;
  protected abstract renderStage(): TemplateResult;
  /** What stands beside the stage. */
  protected abstract renderPane(): TemplateResult;
  /** What stands before Submit. */
  protected renderFooter(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** Takes hold of what has been rendered, once. */
  protected abstract attach(root: ParentNode): void;

  // What crowd-form uses

  override contribution(): Json | undefined {
    return this._submittableValue;
  }

  override validate(): boolean {
    this.error = this.fault;
    return this.error === '';
  }

  /** Where Submit stands in the tool, so does the message; a page with more on it lists it among the others. */
  override get reason(): string {
    return this.hostsSubmit && !this.hidesSubmit ? '' : this.error;
  }

  override get words(): string {
    return this.header;
  }

  /** Where the tool itself ends on screen, above whatever its element holds beside the regions. */
  get workBottom(): number {
    return this.hasUpdated ? this.layout.getBoundingClientRect().bottom : Infinity;
  }

  /** Presses the tool's own Submit button, on which templates listen for clicks to veto them. */
  pressSubmit(): void {
    this.renderRoot.querySelector<HTMLElement>('awsui-button')?.click();
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    this.keyboard ??= new Keyboard(this, this.keyTarget, () => this.keys);
    this.keyboard.connect();
    COVERS.addEventListener('change', this.fitInstructions);
    this.unfollow = followOpen(this.fitInstructions);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keyboard?.disconnect();
    COVERS.removeEventListener('change', this.fitInstructions);
    this.unfollow?.();
  }

  protected override firstUpdated(): void {
    fillWindow(this, this.layout);
    // Templates put elements of the library in here.
    loader.watch(this.renderRoot);
    this.attach(this.renderRoot);
  }

  protected readonly showHelp = (): void => {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.help')?.showModal();
  };

  protected readonly hideHelp = (): void => {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.help')?.close();
  };

  protected readonly focusSearch = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('.search:not(.objects *) input')?.focus();
  };

  protected readonly submit = (): void => {
    formOf(this)?.submit();
  };

  private readonly toggleInstructions = (): void => {
    this.showsInstructions = !this.showsInstructions;
    rememberOpen(this.showsInstructions);
  };

  private readonly fitInstructions = (): void => {
    this.showsInstructions = startsOpen();
  };

  private readonly showFullInstructions = (): void => {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.awsui-modal-dialog')?.showModal();
  };

  // Rendering

  protected override render(): TemplateResult {
    const full = this.querySelector(':scope > full-instructions');
    const hasShort = this.querySelector(':scope > short-instructions') !== null;
    return html`
      <div class="layout" ?inert=${this.isDisabled}>
        ${full || hasShort
          ? instructionsPane({
              isOpen: this.showsInstructions,
              hasFull: full !== null,
              toggle: this.toggleInstructions,
              showFull: this.showFullInstructions,
            })
          : nothing}
        <div class="headerContainer">
          ${this.header ? html`<h1 title=${this.header}>${this.header}</h1>` : nothing}
          ${toolbar(this.renderTools(), this.showHelp)}
        </div>
        ${this.renderStage()}
        ${this.renderPane()}
        ${remark(this.remark === this.dismissed ? '' : this.remark, () => (this.dismissed = this.remark))}
        ${footer({
          error: this.error,
          status: this.status,
          shownAs: this.shownAs,
          beforeSubmit: this.renderFooter(),
          hasSubmit: this.hostsSubmit,
          isHidden: this.hidesSubmit,
          isSubmitting: this.submitting,
          submit: this.submit,
        })}
      </div>
      ${dialog('awsui-modal-dialog', full?.getAttribute('header') || 'Instructions', html`<slot name="full-instructions"></slot>`)}
      ${helpDialog(this.hints, this.renderKeyActs())}
      ${this.renderDialogs()}
      ${this.renderOtherContent()}
    `;
  }

  /** What can be done about the keys, above them in the help. */
  protected renderKeyActs(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** Dialogs beside those of the instructions and the keys. */
  protected renderDialogs(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** What the element holds beside its regions. */
  protected renderOtherContent(): TemplateResult | typeof nothing {
    return html`<slot class="other-content ${hasOtherContent(this) ? '' : 'empty'}" @slotchange=${() => this.requestUpdate()}></slot>`;
  }
}
