/** A text with labelled spans, as the stage of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { capital } from '../base/capital.ts';
import { afterResize } from '../base/after-resize.ts';
import type { JsonObject } from '../base/json-object.ts';
import { preferences } from '../frame/link.ts';
import type { Aiming } from '../tool/aiming.ts';
import { button } from '../tool/button.ts';
import { describeLosses } from '../tool/losses.ts';
import type { Noun, Stage } from '../tool/stage.ts';
import { textKeys } from './keys.ts';
import { writeSpan, type Span } from './span.ts';
import { SpanAiming } from './span-aiming.ts';
import { SpanHandles } from './span-handles.ts';
import { SIZE, TextCommands } from './text-commands.ts';
import { TextPointer } from './text-pointer.ts';
import { TextView } from './text-view.ts';
import { TextWork } from './text-work.ts';

/** So much of a text is said of it, in characters. */
const QUOTED = 60;

export class TextStage implements Stage {
  readonly name = 'Text';
  readonly mayBeEmpty = true;
  readonly obstacle = undefined;
  readonly labelling: string;
  readonly work = new TextWork();
  private readonly commands = new TextCommands(this.work, () => this.view);
  readonly keys: Stage['keys'];
  readonly aiming: Aiming;
  private view: TextView | undefined;
  private handles: SpanHandles | undefined;
  private answer: { items: readonly Span[]; value: JsonObject } | undefined;

  private drawn: readonly unknown[] = [];

  constructor(
    host: ReactiveControllerHost,
    readonly noun: Noun = { singular: 'span', plural: 'spans' },
  ) {
    this.labelling = `Mark what is highlighted, else label the ${noun.singular} that was just marked or is selected; also choose the label of the next one`;
    this.aiming = new SpanAiming(noun, this.work, () => this.view);
    this.keys = textKeys(this.commands, noun.singular);
    // Several changes at once are drawn once, and what asks where something is finds the page as it was laid out.
    host.addController({ hostUpdated: () => this.draw() });
    this.work.listen((change) => {
      if (change === 'live') this.draw();
    });
  }

  /** Shows this text in place of any other. */
  setText(text: string): void {
    this.work.setText(text);
    this.view?.setText(text, this.work.blocks);
    this.drawn = [];
  }

  get value(): JsonObject {
    const { items } = this.work;
    if (this.answer?.items !== items) this.answer = { items, value: { entities: items.map(writeSpan) } };
    return this.answer.value;
  }

  get remark(): string {
    const { refusal, losses } = this.work;
    return refusal || describeLosses(losses, this.noun.plural, { cut: 'cut at the end of the text', outside: 'outside of the text' });
  }

  get selection(): string | undefined {
    const { selected, highlighted, items, text, labels } = this.work;
    if (selected) return `${capital(this.noun.singular)} ${items.indexOf(selected) + 1} of ${items.length}, ${labels.get(selected.label).full}: ${quoted(this.work.textOf(selected))}`;
    return highlighted && quoted(text.slice(highlighted));
  }

  modeButtons(): TemplateResult {
    const isReady = this.work.highlighted !== undefined;
    return html`${button({ id: 'mark', icon: 'draw', title: 'Mark what is highlighted', keys: 'Enter', disabled: !isReady, run: () => this.commands.mark() })}`;
  }

  viewButtons(): TemplateResult {
    return html`
      ${button({ id: 'smaller', icon: 'minus', title: 'Smaller text', keys: '-', run: () => this.commands.zoom(-1) })}
      ${button({ id: 'larger', icon: 'plus', title: 'Larger text', keys: '+', run: () => this.commands.zoom(1) })}
    `;
  }

  render(name: string, error: string | undefined): TemplateResult {
    const isEmpty = this.work.text.string === '';
    const notice = error ?? (isEmpty ? 'This task has no text: the attribute text is empty.' : undefined);
    return html`
      <div class="stage">
        <div class="surface" tabindex="0" role="application" aria-label=${name}></div>
        ${notice === undefined ? nothing : html`<div class="notice" role=${error === undefined ? 'note' : 'alert'}><p>${notice}</p></div>`}
      </div>
    `;
  }

  attach(root: ParentNode): void {
    this.view = new TextView(root.querySelector('.surface') as HTMLElement, this.noun.singular, () => this.work.removeSelected());
    this.handles = new SpanHandles(this.view, this.work);
    new TextPointer(this.view, this.work, this.handles, this.takeFocus);
    this.view.setText(this.work.text.string, this.work.blocks);
    this.commands.showSize();
    preferences.follow(SIZE, () => this.commands.showSize());
    this.draw();
    afterResize(this.view.container, () => this.handles?.place());
    // Whoever opens a task can work at once, with the keyboard too; a page with fields before the tool keeps its focus.
    if (document.activeElement === document.body) this.takeFocus();
  }

  focus(options?: FocusOptions): void {
    this.view?.container.focus(options);
  }

  readonly takeFocus = (): void => {
    const quiet: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
    this.focus(quiet);
  };

  isFocus(target: EventTarget): boolean {
    return target === this.view?.container;
  }

  step(step: 1 | -1): boolean {
    return this.commands.step(step);
  }

  escape(): boolean {
    if (this.handles?.isBusy) this.handles.cancel();
    else if (!this.work.release()) {
      if (!this.work.selected) return false;
      this.work.deselect();
    }
    return true;
  }

  /** Selects a span and brings it into sight. */
  show({ id }: Span): void {
    this.work.select(id);
    this.work.notify();
    this.commands.reveal();
  }

  private draw(): void {
    const { view, work } = this;
    if (!view) return;
    this.showSpans(view, work.shown);
    view.draw(work.selected?.id, work.highlighted);
    this.handles?.place();
  }

  private showSpans(view: TextView, spans: readonly Span[]): void {
    const { labels } = this.work;
    const now = [spans, labels.list, labels.colors];
    if (now.every((part, index) => part === this.drawn[index])) return;
    this.drawn = now;
    view.setSpans(spans.map((span) => ({ id: span.id, color: labels.colorOf(span.label), short: labels.get(span.label).short, ...this.work.rangeOf(span) })));
  }
}

function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : text}”`;
}
