/**
 * A tool whose work is labelled: the shell with a stage and the pane of labels beside it, and drafts of the work.
 *
 * Attributes and JavaScript surface are those of `a2i-facts/crowd-elements/image-annotation.md`.
 */
import { html, nothing, type PropertyValues, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JsonObject } from '../base/json-object.ts';
import { isOnlyLooking } from '../base/only-looking.ts';
import { preferences } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { keyStyles } from '../labels/key.ts';
import { LabelChoosing } from '../labels/label-choosing.ts';
import { labelMenuStyles } from '../labels/label-menu.styles.ts';
import { labelPane, showChosen } from '../labels/label-pane.ts';
import { labelPaneStyles } from '../labels/label-pane.styles.ts';
import { rememberLabel } from '../labels/remembered-label.ts';
import { searchFieldStyles } from '../labels/search-field.ts';
import { faultsOf } from './faults.ts';
import { nothingToLabel, nothingToLabelStyles } from './nothing-to-label.ts';
import { OwnKeysDialog, ownKeysStyles } from './own-keys-dialog.ts';
import { followPane, keepPane } from '../frame/panes.ts';
import { keysOf, type Hint } from './shortcuts.ts';
import type { Stage } from './stage.ts';
import { panesStyles } from './panes.styles.ts';
import { JSON_ATTRIBUTES, ToolAttributes } from './tool-attributes.ts';
import { ToolShell } from './tool-shell.ts';
import { stageTools } from './toolbar.ts';

const NO_LABELS = 'This task has no labels, so nothing can be labelled: decline it, unless there is nothing to label.';

export abstract class AnnotationTool<T extends Stage = Stage> extends ToolShell {
  static override styles = [ToolShell.styles, searchFieldStyles, keyStyles, labelPaneStyles, labelMenuStyles, panesStyles, ownKeysStyles, nothingToLabelStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...JSON_ATTRIBUTES];
  }

  @state() private labelQuery = '';
  @state() private showsLabels = true;

  protected readonly stage: T;
  protected readonly keyTarget: T;
  protected readonly keys: readonly Hint[];
  private readonly choosing: LabelChoosing;
  private readonly ownKeys: OwnKeysDialog;
  private readonly attributeReader: ToolAttributes;
  private forgetPane: (() => void) | undefined;
  private shownLabel = '';

  constructor(stageFor: (host: ReactiveControllerHost) => T) {
    super();
    this.stage = stageFor(this);
    this.keyTarget = this.stage;
    const { work } = this.stage;
    this.attributeReader = new ToolAttributes(this, work);
    this.choosing = new LabelChoosing(this, this.stage, keysOf(this.stage, this.showHelp, () => void this.searchLabels()), () => !this.isDisabled && !isOnlyLooking());
    this.keys = this.choosing.rows;
    this.ownKeys = new OwnKeysDialog(this, work.labels, this.choosing.keys, this.choosing.others);
    rememberLabel(work, preferences);
    work.listen((change) => {
      if (change !== 'live') this.requestUpdate();
      if (change !== 'items') return;
      this.error = '';
      this.announceChange();
    });
  }

  // What templates' scripts use

  /** The labels; assigning a new list replaces the pane. */
  get labels(): readonly Json[] {
    return this.attributeReader.labels;
  }

  set labels(labels: readonly Json[]) {
    this.setAttribute('labels', JSON.stringify(labels));
  }

  /** The answer as it stands. The same object until the work changes, so a script may add to it. */
  get value(): JsonObject {
    return this.stage.value;
  }

  override get _submittableValue(): JsonObject {
    return this.value;
  }

  /** Label colours, in the form in which templates look them up. */
  readonly store = {
    getState: (): { label: { labels: Record<string, { color: string }> } } => ({
      label: { labels: Object.fromEntries(this.stage.work.labels.names.map((label) => [label, { color: this.stage.work.labels.colorOf(label) }])) },
    }),
  };

  // What crowd-form uses

  override reset(): void {
    this.stage.work.reset();
  }

  override saveState(): Json {
    return this.stage.work.save();
  }

  override restoreState(saved: Json): void {
    this.stage.work.restore(saved);
  }

  override focus(options?: FocusOptions): void {
    this.stage.focus(options);
  }

  /** What is wrong with what the template gives, in sentences; asked for once scripts have had time to give labels too. */
  get faults(): readonly string[] {
    return faultsOf(this.localName, this.stage.work);
  }

  // What the shell asks

  protected override get fault(): string {
    const { noun, obstacle, mayBeEmpty } = this.stage;
    if (this.attributeReader.error !== undefined) return 'This task cannot be answered: see the message above.';
    if (obstacle !== undefined) return obstacle;
    if (!this.isUndecided) return '';
    if (!mayBeEmpty && this.labels.length === 0) return NO_LABELS;
    return mayBeEmpty ? `Mark at least one ${noun.singular}.` : `Draw at least one ${noun.singular}, or tick “Nothing to label”.`;
  }

  /** The answer holds nothing, and the worker has not said that it should. */
  private get isUndecided(): boolean {
    const { work, mayBeEmpty } = this.stage;
    return work.count === 0 && (mayBeEmpty ? this.required : !work.nothingToLabel);
  }

  protected override get status(): string {
    const { progress, selection, work } = this.stage;
    if (progress !== undefined) return progress;
    const hidden = work.hiddenCount > 0 ? `, ${work.hiddenCount} hidden` : '';
    if (selection !== undefined) return `${selection}, selected${hidden && ` · ${this.count}${hidden}`}`;
    const { active } = work.labels;
    return `${this.count}${hidden}${active ? ` · next: ${active}` : ''}`;
  }

  protected override get shownAs(): string {
    return this.stage.shownAs ?? '';
  }

  protected override get remark(): string {
    return this.stage.remark;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (!JSON_ATTRIBUTES.includes(name) || old === value) return;
    this.attributeReader.read(name, value ?? '');
    this.requestUpdate();
  }

  protected override get hints(): readonly Hint[] {
    return this.choosing.hints;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetPane = followPane('labels', (isOpen) => (this.showsLabels = isOpen));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetPane?.();
  }

  protected override attach(root: ParentNode): void {
    this.stage.attach(root);
    this.stage.objects?.attach(root);
    this.choosing.attach(root);
  }

  /** In the pane, or where that has no field in the menu. */
  private async searchLabels(): Promise<void> {
    this.showPane(true);
    await this.updateComplete;
    const field = this.renderRoot.querySelector<HTMLElement>('.label-pane-content .search');
    if (field && field.offsetWidth > 0) this.focusSearch();
    else this.choosing.openMenu();
  }

  /** As the worker wants it from now on. */
  private showPane(isOpen: boolean): void {
    if (isOpen === this.showsLabels) return;
    this.showsLabels = isOpen;
    keepPane('labels', isOpen);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { label } = this.stage.work;
    if (label !== this.shownLabel) showChosen(this.renderRoot);
    this.shownLabel = label;
  }

  // Rendering

  protected override renderTools(): TemplateResult {
    return stageTools(this.stage);
  }

  protected override renderStage(): TemplateResult {
    return this.stage.render(`${this.header || this.stage.name}: ${this.count}`, this.attributeReader.error);
  }

  protected override renderPane(): TemplateResult {
    const { stage, choosing } = this;
    const labels = labelPane({
      work: stage.work,
      keys: choosing.keys,
      first: choosing.first,
      query: this.labelQuery,
      isOpen: this.showsLabels,
      toggle: () => this.showPane(!this.showsLabels),
      search: (query) => (this.labelQuery = query),
      find: () => this.choosing.openMenu(),
      leave: () => stage.takeFocus(),
    });
    const more = this.renderMorePanes();
    return more === nothing ? labels : html`<div class="panes">${labels} ${more}</div>`;
  }

  /** What stands below the labels. */
  protected renderMorePanes(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override renderDialogs(): TemplateResult | typeof nothing {
    return html`<div class="label-menu" tabindex="-1" hidden></div>${this.ownKeys.render()}`;
  }

  protected override renderKeyActs(): TemplateResult | typeof nothing {
    if (this.labels.length === 0 || isOnlyLooking()) return nothing;
    const change = (): void => {
      this.hideHelp();
      void this.ownKeys.open();
    };
    return html`<button class="button change-keys" type="button" @click=${change}>Change the keys of labels…</button>`;
  }

  protected override renderFooter(): TemplateResult | typeof nothing {
    return this.stage.mayBeEmpty ? nothing : nothingToLabel(this.stage.work);
  }

  private get count(): string {
    const { work, noun } = this.stage;
    return `${work.count} ${work.count === 1 ? noun.singular : noun.plural}`;
  }
}
