/** Review of the pairs of key and value that were found in a document (`a2i-facts/crowd-elements/document-and-moderation.md`). */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { readItems, readTexts } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { text } from '../base/text-property.ts';
import { answerOf } from '../document/answer.ts';
import { PAIRS, readBlocks } from '../document/blocks.ts';
import { documentKeys, fieldKey, type FieldKey } from '../document/field-keys.ts';
import { fieldPane, judgementsOf, standing, type FieldActions } from '../document/field-pane.ts';
import { fieldPaneStyles } from '../document/field-pane.styles.ts';
import { Fields, type Change, type Part } from '../document/fields.ts';
import { FieldsStage } from '../document/fields-stage.ts';
import { tablesOf } from '../document/tables.ts';
import { readWantedKeys } from '../document/wanted-keys.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { stageStyles } from '../picture/view/stage-view.ts';
import { AttributeErrors } from '../tool/attribute-errors.ts';
import { button } from '../tool/button.ts';
import type { KeyTarget } from '../tool/keyboard.ts';
import type { Hint } from '../tool/shortcuts.ts';
import { ToolShell } from '../tool/tool-shell.ts';

const ATTRIBUTES = ['initial-value', 'keys', 'block-types'];

/**
 * Answers `{blocks: […]}` under a name of its own, unless the template gives it another. `src` is a picture of a page, or a PDF.
 * With `required`, every key of `keys` that was not found has to be judged.
 */
export class CrowdTextractAnalyzeDocument extends ToolShell {
  static override styles = [ToolShell.styles, stageStyles, fieldPaneStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  override name = 'AWS/Textract/AnalyzeDocument/Forms/V1';

  /** The address of the document. */
  @text() src = '';

  /** The texts of keys stay as they are. */
  @property({ type: Boolean, attribute: 'no-key-edit' }) noKeyEdit = false;

  /** Boxes stay where they are. */
  @property({ type: Boolean, attribute: 'no-geometry-edit' }) noGeometryEdit = false;

  private readonly errors = new AttributeErrors();
  private readonly fields = new Fields((change) => this.onChange(change));
  private readonly stage = new FieldsStage(this, this.fields, () => !this.noGeometryEdit, (position) => this.select(position));
  private answer: JsonObject | undefined;

  // What templates' scripts use

  get value(): JsonObject {
    this.answer ??= answerOf(this.fields);
    return this.answer;
  }

  override get _submittableValue(): JsonObject {
    return this.value;
  }

  // What crowd-form uses

  override reset(): void {
    this.fields.reset();
  }

  override saveState(): Json {
    return { fields: this.fields.save() };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved)) return;
    const { fields } = saved;
    if (isJsonObject(fields)) this.fields.restore(fields);
  }

  override focus(options?: FocusOptions): void {
    this.stage.focus(options);
  }

  // What the shell asks

  protected override readonly keyTarget: KeyTarget = {
    isFocus: (target) => this.stage.isFocus(target),
    step: (step) => this.goOn(step),
    escape: () => this.stage.letGo(),
  };

  protected override get keys(): readonly Hint[] {
    const { fields, stage } = this;
    return documentKeys({
      judge: (letter) => this.judgeBy(letter),
      edit: () => this.edit(),
      switchPart: () => fields.switchPart(),
      nudge: (dx, dy, grows) => stage.nudge(dx, dy, grows),
      endRun: () => fields.endRun(),
      undo: () => fields.undo(),
      redo: () => fields.redo(),
      turn: (step) => stage.turn(step),
      help: this.showHelp,
      view: stage.viewKeys,
    });
  }

  protected override get fault(): string {
    if (this.errors.first !== undefined) return 'This task cannot be answered: see the message above.';
    if (this.stage.obstacle !== undefined) return this.stage.obstacle;
    const open = this.fields.all.find(({ verdict }) => verdict === 'open');
    return this.required && open ? `Give the value of “${open.key}”, or say that the key is not found.` : '';
  }

  protected override get status(): string {
    const { all, doubtfulCount, selected, selection } = this.fields;
    if (!selected || selection === undefined) return `${all.length} fields, ${doubtfulCount} to check`;
    const words = [`Field ${selection + 1} of ${all.length}`, selected.key, standing(selected)].filter(Boolean);
    return `${words.join(', ')} · ${doubtfulCount} to check`;
  }

  protected override get shownAs(): string {
    return this.stage.shownAs;
  }

  protected override get remark(): string {
    return '';
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (ATTRIBUTES.includes(name) && old !== value) this.errors.reading(name, () => this.readAttribute(name, value ?? ''));
  }

  private readAttribute(name: string, text: string): void {
    if (name === 'keys') this.fields.setWanted(readWantedKeys(text));
    else if (name === 'block-types') reportUnserved(readTexts(name, text));
    else this.readInitial(text);
    this.requestUpdate();
  }

  private readInitial(text: string): void {
    const blocks = readBlocks(readItems('initial-value', text, 'blocks') ?? []);
    this.fields.setBlocks(blocks);
    if (blocks.unreadable > 0) void link.send({ type: 'error', message: `${blocks.unreadable} items of the attribute initial-value are no blocks and were left out.` });
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('src')) this.stage.load(this.src);
    if (changed.has('noGeometryEdit')) this.stage.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stage.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.stage.load(this.src);
  }

  protected override attach(root: ParentNode): void {
    this.stage.attach(root);
  }

  // What a worker does

  private readonly actions: FieldActions = {
    select: (position) => this.select(position),
    write: (position, part, text) => this.fields.write(position, part, text),
    judge: (position, verdict) => this.fields.judge(position, verdict),
    onKey: (event, position) => this.onFieldKey(event, position),
  };

  /** Goes to a field, from the page or from the list: its value can be typed, its boxes are in sight. */
  private select(position: number): void {
    this.fields.select(position);
    this.stage.reveal();
    void this.edit();
  }

  private async edit(part: Part = 'value'): Promise<void> {
    await this.updateComplete;
    const input = this.renderRoot.querySelector<HTMLInputElement>(`.at-work input.${part}`);
    input?.closest('li')?.scrollIntoView({ block: 'nearest' });
    input?.focus({ preventScroll: true });
    input?.select();
  }

  /** To the next doubtful field; false where there is none, and the focus should move on. */
  private goOn(step: 1 | -1): boolean {
    const { selected, selection } = this.fields;
    // Who comes from the page begins with the field that is shown there.
    const isHere = selected && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement?.matches('.surface');
    const next = isHere && step === 1 ? selection : this.fields.nextDoubtful(step);
    if (next === undefined) return false;
    this.select(next);
    return true;
  }

  private onFieldKey(event: KeyboardEvent, position: number): void {
    const field = this.fields.all[position];
    const isText = event.target instanceof HTMLInputElement;
    const key = field && (isText || event.altKey || event.key === 'Escape') ? fieldKey(event, field) : undefined;
    if (key && this.obey(key, position, event)) event.preventDefault();
  }

  private obey(key: FieldKey, position: number, { target }: Event): boolean {
    switch (key.does) {
      case 'judge':
        this.fields.judge(position, key.verdict);
        return true;
      case 'check':
        this.fields.check(position);
        return this.goOn(1) || true;
      case 'leave':
        this.stage.takeFocus();
        return true;
      case 'next':
        return !between(target, key.step) && this.goOn(key.step);
      case 'step':
        if (this.fields.all[position + key.step]) this.select(position + key.step);
        return true;
    }
  }

  private judgeBy(letter: string): void {
    const { selected, selection } = this.fields;
    const found = selected && judgementsOf(selected).find(({ key }) => key === letter);
    if (found && selection !== undefined) this.fields.judge(selection, found.verdict);
  }

  private onChange(change: Change): void {
    this.answer = undefined;
    this.requestUpdate();
    this.stage?.refresh();
    if (change === 'state') return;
    this.error = '';
    this.announceChange();
  }

  // Rendering

  protected override renderTools(): TemplateResult {
    const { fields, stage } = this;
    return html`
      ${stage.pageButtons()}
      <div class="group">
        ${button({ id: 'undo', icon: 'undo', title: 'Undo', keys: 'Control+Z', disabled: !fields.canUndo, run: () => fields.undo() })}
        ${button({ id: 'redo', icon: 'redo', title: 'Redo', keys: 'Control+Y', disabled: !fields.canRedo, run: () => fields.redo() })}
      </div>
      <div class="group" data-looks>${stage.viewButtons()}</div>
    `;
  }

  protected override renderStage(): TemplateResult {
    return this.stage.render(this.header || this.stage.name, this.errors.first);
  }

  protected override renderPane(): TemplateResult {
    const { all, selection, doubtfulCount, blocks } = this.fields;
    return fieldPane({
      fields: all,
      selection,
      doubtful: doubtfulCount,
      mayEditKeys: !this.noKeyEdit,
      actions: this.actions,
      tables: tablesOf(blocks.tables),
    });
  }
}

/** From the text of a key, Tab goes to that of its value first, and back. */
function between(target: EventTarget | null, step: 1 | -1): boolean {
  if (!(target instanceof HTMLElement) || !target.matches('input')) return true;
  const hasKey = target.closest('li')?.querySelector('input.key') !== null;
  return hasKey && target.matches(step === 1 ? '.key' : '.value');
}

/** Only pairs are reviewed, as in A2I. */
function reportUnserved(types: readonly string[]): void {
  const others = types.filter((type) => type !== PAIRS);
  if (others.length > 0) void link.send({ type: 'error', message: `Blocks of the type ${others.join(', ')} are not reviewed: block-types supports ${PAIRS} only.` });
}
