/**
 * The base of every image tool: the picture, the labels, the instructions, the answer. A tool adds one `ShapeKind`.
 *
 * Attributes, JavaScript surface and the class names in the shadow root that templates reach for are those of
 * `a2i-facts/crowd-elements/image-annotation.md`.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { dialog } from '../base/dialog.ts';
import { FormElement } from '../base/form-element.ts';
import { sorted } from '../base/sorted.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import type { HasRegions } from '../instructions/region.ts';
import { styles } from './annotation-tool.styles.ts';
import { Commands } from './commands.ts';
import { footer } from './footer.ts';
import { helpDialog } from './help.ts';
import { COVERS, instructionsPane, rememberOpen, startsOpen } from './instructions-pane.ts';
import { readEach } from './json-attributes.ts';
import { Keyboard, type KeyboardOwner } from './keyboard.ts';
import { labelPane, showChosen } from './label-pane.ts';
import { Annotations, type Shape } from './model/annotations.ts';
import { describeLosses } from './model/losses.ts';
import { hasOtherContent } from './other-content.ts';
import type { Picture } from './picture.ts';
import { PictureLoader } from './picture-loader.ts';
import type { Pointer } from './pointer.ts';
import { remark } from './remark.ts';
import type { ShapeKind } from './shape-kind.ts';
import { notice, stage } from './stage.ts';
import { fillWindow } from './room.ts';
import { Surface } from './surface.ts';
import { JSON_ATTRIBUTES, ToolAttributes } from './tool-attributes.ts';
import { toolbar } from './toolbar.ts';

/**
 * @fires change - the annotations changed
 * @slot short-instructions - shown beside the picture
 * @slot full-instructions - shown in a dialog
 * @slot - whatever else the element holds, also what a self-closed tag swallows, is shown after the tool
 */
export abstract class AnnotationTool<S extends Shape> extends FormElement implements HasRegions, KeyboardOwner {
  static override styles = [FormElement.styles, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...JSON_ATTRIBUTES];
  }

  /** The address of the picture. */
  @property() src = '';

  /** The task in a line, above the picture. */
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
  @query('.surface') readonly surfaceElement!: HTMLElement;
  @query('.surface > img') private readonly image!: HTMLImageElement;

  readonly hasRegions = true;
  protected readonly annotations: Annotations<S>;
  private readonly surface: Surface<S>;
  private readonly commands: Commands<S>;
  private readonly keyboard: Keyboard;
  private readonly loader = new PictureLoader(
    () => this.image,
    (picture) => this.onPicture(picture),
  );
  private readonly json: ToolAttributes<S>;
  private shownLabel = '';
  private answer: { shapes: readonly S[]; value: { [key: string]: Json } } | undefined;

  constructor(private readonly kind: ShapeKind<S>) {
    super();
    this.annotations = new Annotations<S>(kind);
    this.json = new ToolAttributes(this, kind, this.annotations);
    this.surface = new Surface(
      kind,
      this.annotations,
      () => this.requestUpdate(),
      () => this.loader.measure(),
    );
    this.commands = new Commands(kind, this.annotations, this.surface);
    this.keyboard = new Keyboard(this, this.commands as unknown as Commands<Shape>, kind.singular);
    this.annotations.listen((change) => {
      if (change !== 'live') this.requestUpdate();
      if (change !== 'shapes') return;
      this.error = '';
      this.announceChange();
    });
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  // What templates' scripts use

  /** The labels; assigning a new list replaces the pane. */
  get labels(): readonly string[] {
    return this.annotations.labels;
  }

  set labels(labels: readonly string[]) {
    this.setAttribute('labels', JSON.stringify(labels));
  }

  /** The answer as it stands. The same object until the annotations change, so a script may add to it. */
  get value(): { [key: string]: Json } {
    const { shapes } = this.annotations;
    if (this.answer?.shapes !== shapes) this.answer = { shapes, value: this.compose(shapes) };
    return this.answer.value;
  }

  get _submittableValue(): { [key: string]: Json } {
    return this.value;
  }

  /** Label colours, in the form in which templates look them up. */
  readonly store = {
    getState: (): { label: { labels: Record<string, { color: string }> } } => ({
      label: { labels: Object.fromEntries(this.labels.map((label) => [label, { color: this.annotations.colorOf(label) }])) },
    }),
  };

  get pointer(): Pointer | undefined {
    return this.surface.pointer;
  }

  // What crowd-form uses

  override contribution(): Json | undefined {
    return this.value;
  }

  override validate(): boolean {
    const { shapes, nothingToLabel } = this.annotations;
    if (this.json.error !== undefined) this.error = 'This task cannot be answered: see the message above.';
    else if (this.loader.picture.state !== 'ready') this.error = 'The picture is not there yet.';
    else if (shapes.length === 0 && !nothingToLabel) this.error = `Draw at least one ${this.kind.singular}, or tick “Nothing to label”.`;
    else this.error = '';
    return this.error === '';
  }

  override reset(): void {
    this.annotations.reset();
  }

  override saveState(): Json {
    const shapes = this.annotations.history.present.map(({ id: _, ...shape }) => shape as { [key: string]: Json });
    return { shapes, nothingToLabel: this.annotations.nothingToLabel };
  }

  override restoreState(saved: Json): void {
    if (saved === null || typeof saved !== 'object' || Array.isArray(saved) || !Array.isArray(saved.shapes)) return;
    this.annotations.nothingToLabel = saved.nothingToLabel === true;
    this.annotations.restart(readEach(saved.shapes, (item) => this.kind.read(item, this.annotations.newId())).values);
  }

  /** Where the tool itself ends on screen, above whatever its element holds beside the regions. */
  get workBottom(): number {
    return this.hasUpdated ? this.layout.getBoundingClientRect().bottom : Infinity;
  }

  /** Presses the tool's own Submit button, on which templates listen for clicks to veto them. */
  pressSubmit(): void {
    this.renderRoot.querySelector<HTMLElement>('awsui-button')?.click();
  }

  // What the keyboard uses

  showHelp(): void {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.help')?.showModal();
  }

  focusSearch(): void {
    this.renderRoot.querySelector<HTMLInputElement>('.search input')?.focus();
  }

  override focus(options?: FocusOptions): void {
    this.surfaceElement.focus(options);
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
    this.json.read(name, value ?? '');
    this.requestUpdate();
  }

  protected override firstUpdated(): void {
    fillWindow(this, this.layout);
    const layer = <T extends HTMLElement>(selector: string): T => this.renderRoot.querySelector(selector) as T;
    this.surface.attach({
      surface: this.surfaceElement,
      image: this.image,
      rest: layer('.rest'),
      front: layer('.front'),
      upper: layer('.upper-canvas'),
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.loader.load(this.src);
    if (this.annotations.activeLabel !== this.shownLabel) showChosen(this.renderRoot);
    this.shownLabel = this.annotations.activeLabel;
  }

  private compose(shapes: readonly S[]): { [key: string]: Json } {
    const { initial, isModified } = this.annotations;
    return sorted({
      [this.kind.answerKey]: shapes.map((shape) => this.kind.write(shape)),
      ...(initial ? { initialValueModified: isModified } : {}),
      inputImageProperties: { height: this.surface.picture?.height ?? 0, width: this.surface.picture?.width ?? 0 },
    });
  }

  private onPicture(picture: Picture): void {
    this.answer = undefined;
    const size = picture.state === 'ready' ? picture.size : undefined;
    this.annotations.setPicture(size);
    this.surface.setPicture(size);
    this.requestUpdate();
    if (picture.state === 'failed') void link.send({ type: 'error', message: picture.message, isShown: true });
    // Whoever opens a task can work at once, with the keyboard too; a page with fields before the tool keeps its focus.
    if (picture.state === 'ready' && document.activeElement === document.body) this.takeFocus();
  }

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

  /** Keys belong to the picture once it was touched; the ring around it is for those who came by keyboard. */
  private readonly takeFocus = (): void => {
    const quiet: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
    this.surfaceElement.focus(quiet);
  };

  // Rendering

  protected override render(): TemplateResult {
    const { annotations, commands, loader, kind } = this;
    const full = this.querySelector(':scope > full-instructions');
    const hasShort = this.querySelector(':scope > short-instructions') !== null;
    const losses = loader.picture.state === 'ready' ? describeLosses(annotations.losses, kind.plural) : '';
    const count = `${annotations.shapes.length} ${annotations.shapes.length === 1 ? kind.singular : kind.plural}`;
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
          ${toolbar(kind.singular, annotations, commands, this.surface.view.scale, () => this.showHelp())}
        </div>
        ${stage({
          label: `${this.header || 'Picture'}: ${count}`,
          focus: this.takeFocus,
          notice: notice(this.json.error, loader.picture, loader.retry),
        })}
        ${labelPane({ annotations, query: this.labelQuery, search: (query) => (this.labelQuery = query), leave: this.takeFocus })}
        ${remark(losses === this.dismissed ? '' : losses, () => (this.dismissed = losses))}
        ${footer({
          annotations,
          error: this.error,
          status: this.describeState(count),
          hasSubmit: this.hostsSubmit,
          isHidden: this.hidesSubmit,
          isSubmitting: this.submitting,
          submit: this.submit,
        })}
      </div>
      ${dialog('awsui-modal-dialog', full?.getAttribute('header') || 'Instructions', html`<slot name="full-instructions"></slot>`)}
      ${helpDialog(kind.singular)}
      <slot class="other-content ${hasOtherContent(this) ? '' : 'empty'}" @slotchange=${() => this.requestUpdate()}></slot>
    `;
  }

  /** What is selected, or what there is; also what a screen reader is told. */
  private describeState(count: string): string {
    const { shapes, selected, visible, activeLabel } = this.annotations;
    const { singular } = this.kind;
    if (selected && this.surface.picture) {
      const place = `${shapes.indexOf(selected) + 1} of ${shapes.length}`;
      return `${singular[0]?.toUpperCase()}${singular.slice(1)} ${place}, ${this.kind.describe(selected, this.surface.picture)}, selected`;
    }
    const hidden = shapes.length - visible.length;
    return `${count}${hidden > 0 ? `, ${hidden} hidden` : ''}${activeLabel ? ` · next: ${activeLabel}` : ''}`;
  }
}
