/**
 * The shell of every tool: title, buttons, labels, instructions, messages, Submit, drafts and keys, around a stage.
 *
 * Attributes, JavaScript surface and the class names in the shadow root that templates reach for are those of
 * `a2i-facts/crowd-elements/image-annotation.md`.
 */
import { html, nothing, type PropertyValues, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { JsonObject } from '../base/json-attributes.ts';
import { dialog } from '../base/dialog.ts';
import { FormElement } from '../form/form-element.ts';
import type { Json } from '../frame/protocol.ts';
import { COVERS, instructionsPane, rememberOpen, startsOpen } from '../instructions/instructions-pane.ts';
import type { HasRegions } from '../instructions/region.ts';
import { labelPane, showChosen } from '../labels/label-pane.ts';
import { styles } from './annotation-tool.styles.ts';
import { footer } from './footer.ts';
import { helpDialog } from './help.ts';
import { Keyboard } from './keyboard.ts';
import { hasOtherContent } from './other-content.ts';
import { remark } from './remark.ts';
import { fillWindow } from './room.ts';
import { keysOf, type Hint } from './shortcuts.ts';
import type { Stage } from './stage.ts';
import { JSON_ATTRIBUTES, ToolAttributes } from './tool-attributes.ts';
import { toolbar } from './toolbar.ts';

/**
 * @fires change - the work changed
 * @slot short-instructions - shown beside the stage
 * @slot full-instructions - shown in a dialog
 * @slot - whatever else the element holds, also what a self-closed tag swallows, is shown after the tool
 */
export abstract class AnnotationTool<T extends Stage = Stage> extends FormElement implements HasRegions {
  static override styles = [FormElement.styles, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...JSON_ATTRIBUTES];
  }

  /** The task in a line, above the stage. */
  @property() header = '';

  /** crowd-form asks the tool to draw the Submit button. */
  @property({ attribute: false }) hostsSubmit = false;

  /** crowd-form shows the Submit button at the end of the page; the tool keeps its own out of sight. */
  @property({ attribute: false }) hidesSubmit = false;

  /** The answer is on its way; Submit waits. */
  @property({ attribute: false }) submitting = false;

  @state() private error = '';
  @state() private labelQuery = '';
  @state() private dismissed = '';
  @state() private showsInstructions = startsOpen();

  @query('.layout') private readonly layout!: HTMLElement;

  readonly hasRegions = true;
  protected readonly stage: T;
  private readonly attributeReader: ToolAttributes;
  private readonly keys: readonly Hint[];
  private readonly keyboard: Keyboard;
  private shownLabel = '';

  constructor(stageFor: (host: ReactiveControllerHost) => T) {
    super();
    this.stage = stageFor(this);
    const { work } = this.stage;
    this.attributeReader = new ToolAttributes(this, work);
    this.keys = keysOf(this.stage, this.showHelp, this.focusSearch);
    this.keyboard = new Keyboard(this, this.stage, this.keys);
    work.listen((change) => {
      if (change !== 'live') this.requestUpdate();
      if (change !== 'items') return;
      this.error = '';
      this.announceChange();
    });
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  // What templates' scripts use

  /** The labels; assigning a new list replaces the pane. */
  get labels(): readonly string[] {
    return this.stage.work.labels.names;
  }

  set labels(labels: readonly string[]) {
    this.setAttribute('labels', JSON.stringify(labels));
  }

  /** The answer as it stands. The same object until the work changes, so a script may add to it. */
  get value(): JsonObject {
    return this.stage.value;
  }

  get _submittableValue(): JsonObject {
    return this.value;
  }

  /** Label colours, in the form in which templates look them up. */
  readonly store = {
    getState: (): { label: { labels: Record<string, { color: string }> } } => ({
      label: { labels: Object.fromEntries(this.labels.map((label) => [label, { color: this.stage.work.labels.colorOf(label) }])) },
    }),
  };

  // What crowd-form uses

  override contribution(): Json | undefined {
    return this.value;
  }

  override validate(): boolean {
    const { work, noun, obstacle } = this.stage;
    if (this.attributeReader.error !== undefined) this.error = 'This task cannot be answered: see the message above.';
    else if (obstacle !== undefined) this.error = obstacle;
    else if (work.count === 0 && !work.nothingToLabel) this.error = `Draw at least one ${noun.singular}, or tick “Nothing to label”.`;
    else this.error = '';
    return this.error === '';
  }

  override reset(): void {
    this.stage.work.reset();
  }

  override saveState(): Json {
    return this.stage.work.save();
  }

  override restoreState(saved: Json): void {
    this.stage.work.restore(saved);
  }

  /** Where the tool itself ends on screen, above whatever its element holds beside the regions. */
  get workBottom(): number {
    return this.hasUpdated ? this.layout.getBoundingClientRect().bottom : Infinity;
  }

  /** Presses the tool's own Submit button, on which templates listen for clicks to veto them. */
  pressSubmit(): void {
    this.renderRoot.querySelector<HTMLElement>('awsui-button')?.click();
  }

  override focus(options?: FocusOptions): void {
    this.stage.focus(options);
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    this.keyboard.connect();
    COVERS.addEventListener('change', this.fitInstructions);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keyboard.disconnect();
    COVERS.removeEventListener('change', this.fitInstructions);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (!JSON_ATTRIBUTES.includes(name) || old === value) return;
    this.attributeReader.read(name, value ?? '');
    this.requestUpdate();
  }

  protected override firstUpdated(): void {
    fillWindow(this, this.layout);
    this.stage.attach(this.renderRoot);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { active } = this.stage.work.labels;
    if (active !== this.shownLabel) showChosen(this.renderRoot);
    this.shownLabel = active;
  }

  private readonly showHelp = (): void => {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.help')?.showModal();
  };

  private readonly focusSearch = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('.search input')?.focus();
  };

  private readonly submit = (): void => {
    this.closest<HTMLElement & { submit(): void }>('crowd-form')?.submit();
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
    const { stage } = this;
    const { work } = stage;
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
          <h1 title=${this.header}>${this.header}</h1>
          ${toolbar(stage, this.showHelp)}
        </div>
        ${stage.render(`${this.header || stage.name}: ${this.count}`, this.attributeReader.error)}
        ${labelPane({ work, query: this.labelQuery, search: (query) => (this.labelQuery = query), leave: () => stage.takeFocus() })}
        ${remark(stage.remark === this.dismissed ? '' : stage.remark, () => (this.dismissed = stage.remark))}
        ${footer({
          work,
          error: this.error,
          status: this.status,
          hasSubmit: this.hostsSubmit,
          isHidden: this.hidesSubmit,
          isSubmitting: this.submitting,
          submit: this.submit,
        })}
      </div>
      ${dialog('awsui-modal-dialog', full?.getAttribute('header') || 'Instructions', html`<slot name="full-instructions"></slot>`)}
      ${helpDialog(this.keys)}
      <slot class="other-content ${hasOtherContent(this) ? '' : 'empty'}" @slotchange=${() => this.requestUpdate()}></slot>
    `;
  }

  private get count(): string {
    const { work, noun } = this.stage;
    return `${work.count} ${work.count === 1 ? noun.singular : noun.plural}`;
  }

  /** What is selected, or what there is; also what a screen reader is told. */
  private get status(): string {
    const { selection, work } = this.stage;
    if (selection !== undefined) return `${selection}, selected`;
    const { active } = work.labels;
    return `${this.count}${work.hiddenCount > 0 ? `, ${work.hiddenCount} hidden` : ''}${active ? ` · next: ${active}` : ''}`;
  }
}
