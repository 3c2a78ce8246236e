/**
 * What every classifier is: the shell with something to judge, and categories beside it
 * (`a2i-facts/crowd-elements/text.md`, "crowd-classifier"; `image-annotation.md`, "crowd-image-classifier").
 */
import type { nothing, PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { readObject, readText, readTexts } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { WorkerComment } from '../instructions/worker-comment.ts';
import { keyStyles } from '../labels/key.ts';
import { searchFieldStyles } from '../labels/search-field.ts';
import { AttributeErrors } from '../tool/attribute-errors.ts';
import type { KeyTarget } from '../tool/keyboard.ts';
import type { Hint } from '../tool/shortcuts.ts';
import { ToolShell } from '../tool/tool-shell.ts';
import type { Answering } from './answering.ts';
import { choicePane, choicePaneStyles, showChoice } from './choice-pane.ts';
import { Choices, type Change, type Option } from './choices.ts';
import { classifierStyles } from './classifier.styles.ts';
import { commentDialog, commentLink, commentStyles } from './comment.ts';
import { choiceKeys, isEnter } from './keys.ts';

/** So many choices are told by name. */
const MOST_NAMED = 10;

const ATTRIBUTES = ['categories', 'exclusion-category', 'initial-value'];

/**
 * @slot worker-comment - guidance for a comment, which is offered where this region is
 */
export abstract class Classifier extends ToolShell {
  static override styles = [ToolShell.styles, searchFieldStyles, keyStyles, choicePaneStyles, commentStyles, classifierStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  override readonly regions: readonly string[] = ['short-instructions', 'full-instructions', 'worker-comment'];

  @state() private query = '';
  @state() private comment = '';

  protected readonly errors = new AttributeErrors();
  protected readonly choices: Choices;
  private answer: JsonObject | undefined;
  private shownChoice = '';

  constructor(private readonly answering: Answering) {
    super();
    this.choices = new Choices(answering.limit, (what) => this.onChange(what));
  }

  // What templates' scripts use

  /** The categories; assigning a new list replaces the pane. */
  get categories(): readonly string[] {
    return this.choices.categories;
  }

  set categories(categories: readonly string[]) {
    this.setAttribute('categories', JSON.stringify(categories));
  }

  /** The category that is chosen, or a list of them. */
  get value(): string | readonly string[] {
    return this.answering.value(this.choices);
  }

  /** As of HTML's own elements, whatever a script sets becomes text. */
  set value(value: unknown) {
    this.choices.pick(Array.isArray(value) ? value.map(String) : value === null || value === undefined ? [] : [String(value)]);
  }

  override get _submittableValue(): JsonObject {
    this.answer ??= this.compose();
    return this.answer;
  }

  private compose(): JsonObject {
    return { ...this.answering.answer(this.choices), ...(this.comment ? { workerComment: this.comment } : {}) };
  }

  // What crowd-form uses

  override contribution(): Json | undefined {
    return this.choices.isAnswered || this.comment ? this._submittableValue : undefined;
  }

  override reset(): void {
    this.comment = '';
    this.choices.reset();
  }

  override saveState(): Json {
    return { ...this.choices.save(), comment: this.comment };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved)) return;
    if (typeof saved.comment === 'string') this.comment = saved.comment;
    this.choices.restore(saved);
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.stage-focus')?.focus(options);
  }

  // What the shell asks

  protected override readonly keyTarget: KeyTarget = {
    isFocus: () => false,
    step: () => false,
    escape: () => false,
  };

  protected override get keys(): readonly Hint[] {
    return choiceKeys({
      choices: this.choices,
      choose: this.choose,
      more: this.stageKeys,
      comment: this.showComment,
      hasComment: () => this.commentRegion !== null,
      search: this.focusSearch,
      help: this.showHelp,
      submits: (event) => this.submits(event),
      submit: this.submit,
    });
  }

  /** The keys of what is judged. */
  protected abstract get stageKeys(): readonly Hint[];

  protected override get fault(): string {
    const { choices } = this;
    if (this.errors.first !== undefined) return 'This task cannot be answered: see the message above.';
    if (choices.isAnswered) return '';
    if (choices.options.length === 0) return 'There are no categories to choose from yet.';
    return choices.limit === 'one' ? 'Choose one of the categories.' : 'Choose at least one of the categories.';
  }

  protected override get status(): string {
    const { chosen, excludes, exclusion, limit, options } = this.choices;
    if (excludes) return `Chosen: ${exclusion}`;
    if (chosen.length === 0) return 'Nothing chosen yet';
    if (limit === 'one') return `Chosen: ${chosen[0]}`;
    const named = chosen.slice(0, MOST_NAMED).join(', ');
    return `${chosen.length} of ${options.length} chosen: ${named}${chosen.length > MOST_NAMED ? ', …' : ''}`;
  }

  protected override get remark(): string {
    return '';
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (ATTRIBUTES.includes(name) && old !== value) this.errors.reading(name, () => this.readAttribute(name, value ?? ''));
  }

  private readAttribute(name: string, text: string): void {
    if (name === 'categories') this.readCategories(text);
    else if (name === 'exclusion-category') this.choices.exclusion = this.readExclusion(text);
    else this.choices.initial = this.answering.readInitial(text.trim());
  }

  protected readCategories(text: string): void {
    const categories = readTexts('categories', text);
    this.choices.categories = categories;
    // As with the labels of other tools, scripts may read strict JSON back.
    const canonical = JSON.stringify(categories);
    if (text !== '' && text !== canonical) this.setAttribute('categories', canonical);
  }

  /** `{ text: … }`; templates that write the text alone mean the same. */
  protected readExclusion(text: string): string {
    if (!text.trim().startsWith('{')) return text.trim();
    const exclusion = readObject('exclusion-category', text);
    return exclusion ? readText(exclusion, 'text') : '';
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const [chosen = ''] = this.choices.chosen;
    if (this.choices.limit === 'one' && chosen !== this.shownChoice) showChoice(this.renderRoot);
    this.shownChoice = chosen;
  }

  // What a worker does

  protected readonly choose = (option: Option): void => this.choices.choose(option);

  private readonly write = (comment: string): void => {
    this.comment = comment;
    this.onChange('choice');
  };

  private readonly showComment = (): void => {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.worker-comment')?.showModal();
    this.renderRoot.querySelector<HTMLTextAreaElement>('dialog.worker-comment textarea')?.focus();
  };

  /** Enter hands the answer in where Submit stands here, with nothing of the page below. */
  private submits(event: KeyboardEvent): boolean {
    return isEnter(event) && !event.repeat && this.hostsSubmit && !this.hidesSubmit;
  }

  private readonly onRowKey = (event: KeyboardEvent): void => {
    if (!this.submits(event)) return;
    event.preventDefault();
    this.submit();
  };

  private onChange(what: Change): void {
    this.answer = undefined;
    this.requestUpdate();
    if (what === 'given') return;
    this.error = '';
    this.announceChange();
  }

  // Rendering

  protected override renderPane(): TemplateResult {
    return choicePane({
      choices: this.choices,
      name: this.header,
      query: this.query,
      search: (query) => (this.query = query),
      choose: this.choose,
      leave: () => this.takeFocus(),
      submit: this.onRowKey,
      below: this.renderBelow(),
    });
  }

  /** What stands below the categories. */
  protected renderBelow(): TemplateResult | typeof nothing {
    return commentLink(this.commentRegion, this.comment, this.showComment);
  }

  protected override renderDialogs(): TemplateResult | typeof nothing {
    return commentDialog(this.commentRegion, this.comment, this.write);
  }

  private get commentRegion(): WorkerComment | null {
    return this.querySelector<WorkerComment>(':scope > worker-comment');
  }

  /** Focus without a ring, for who did not ask for it. */
  protected takeFocus(): void {
    const quiet: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
    this.focus(quiet);
  }

  /** Whoever opens a task can work at once; a page with fields before the tool keeps its focus. */
  protected takeFirstFocus(): void {
    if (document.activeElement === document.body) this.takeFocus();
  }
}
