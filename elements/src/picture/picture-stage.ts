/** A picture with shapes on it, as the stage of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { JsonObject } from '../base/json-attributes.ts';
import { sorted } from '../base/sorted.ts';
import { link } from '../frame/link.ts';
import { button } from '../tool/button.ts';
import { describeLosses } from '../tool/losses.ts';
import type { Stage } from '../tool/stage.ts';
import { Commands } from './commands.ts';
import type { Picture } from './file/picture.ts';
import { PictureLoader } from './file/picture-loader.ts';
import { Fitting } from './fitting.ts';
import { pictureKeys } from './keys.ts';
import type { Pointer } from './pointer.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { Shapes } from './shapes.ts';
import { notice, stageView } from './stage-view.ts';
import { Surface } from './surface.ts';

const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

export class PictureStage<S extends Shape> implements Stage {
  readonly name = 'Picture';
  readonly noun;
  readonly work: Shapes<S>;
  readonly keys: Stage['keys'];
  private readonly fitting: Fitting<S>;
  private readonly surface: Surface<S>;
  private readonly commands: Commands<S>;
  private readonly loader: PictureLoader;
  private element: HTMLElement | undefined;
  private image: HTMLImageElement | undefined;
  private answer: { shapes: readonly S[]; value: JsonObject } | undefined;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly host: ReactiveControllerHost,
  ) {
    this.noun = kind.noun;
    this.fitting = new Fitting(kind.geometry);
    this.work = new Shapes(kind, this.fitting);
    this.loader = new PictureLoader(
      () => this.image as HTMLImageElement,
      (picture) => this.onPicture(picture),
    );
    this.surface = new Surface(
      kind,
      this.work,
      () => host.requestUpdate(),
      () => this.loader.measure(),
    );
    this.commands = new Commands(kind, this.work, this.surface);
    this.keys = pictureKeys(this.commands, kind);
  }

  get pointer(): Pointer | undefined {
    return this.surface.pointer;
  }

  /** Shows the picture with this address in place of any other. */
  load(source: string): void {
    this.loader.load(source);
  }

  get value(): JsonObject {
    const { items } = this.work;
    if (this.answer?.shapes !== items) this.answer = { shapes: items, value: this.compose(items) };
    return this.answer.value;
  }

  get obstacle(): string | undefined {
    if (this.loader.picture.state !== 'ready') return 'The picture is not there yet.';
    if (this.work.unfinished) return `A ${this.noun.singular} is not finished: finish it with Enter, or take its vertices back with Backspace.`;
    return undefined;
  }

  get remark(): string {
    if (this.loader.picture.state !== 'ready') return '';
    return describeLosses(this.work.losses, this.noun.plural, { cut: 'cut at the edge of the picture', outside: this.kind.geometry.outside });
  }

  get selection(): string | undefined {
    const { items, selected, chosenHandle } = this.work;
    if (!selected || !this.surface.picture) return undefined;
    const shape = `${capital(this.noun.singular)} ${items.indexOf(selected) + 1} of ${items.length}, ${this.kind.describe(selected)}`;
    const handle = this.kind.geometry.handles(selected).find(({ name }) => name === chosenHandle);
    return handle ? `${shape}, ${handle.words} at ${Math.round(handle.point.x)}, ${Math.round(handle.point.y)}` : shape;
  }

  get progress(): string | undefined {
    const words = this.work.unfinished?.words;
    return words && capital(words);
  }

  modeButtons(): TemplateResult {
    const { work, commands } = this;
    return html`
      ${work.unfinished ? button({ id: 'finish', icon: 'check', title: `Finish the ${this.noun.singular}`, keys: 'Enter', run: () => this.finish() }) : nothing}
      ${button({ id: this.noun.singular, icon: this.kind.icon, title: 'Draw', keys: 'D', pressed: work.mode === 'draw', run: () => commands.draw() })}
      ${button({ id: 'select', icon: 'select', title: 'Select', keys: 'V', pressed: work.mode === 'select', run: () => commands.pick() })}
    `;
  }

  viewButtons(): TemplateResult {
    const { commands } = this;
    const scale = `${Math.round(this.surface.view.scale * 100)}%`;
    return html`
      ${button({ id: 'zoom-out', icon: 'minus', title: 'Zoom out', keys: '-', run: () => commands.zoomOut() })}
      <button class="button quiet scale" type="button" title="Real size (R)" aria-label="${scale}, show the real size" @click=${() => commands.naturalSize()}>
        ${scale}
      </button>
      ${button({ id: 'zoom-in', icon: 'plus', title: 'Zoom in', keys: '+', run: () => commands.zoomIn() })}
      ${button({ id: 'fit', icon: 'fit', title: 'Fit the picture', keys: 'F', run: () => commands.fit() })}
    `;
  }

  render(name: string, error: string | undefined): TemplateResult {
    return stageView({ name, focus: this.takeFocus, notice: notice(error, this.loader.picture, this.loader.retry) });
  }

  attach(root: ParentNode): void {
    const part = <T extends HTMLElement>(selector: string): T => root.querySelector(selector) as T;
    const surface = part('.surface');
    const image = part<HTMLImageElement>('.surface > img');
    this.element = surface;
    this.image = image;
    this.surface.attach({ surface, image, resting: [part('.rest.first'), part('.rest.second')], front: part('.front'), upper: part('.upper-canvas') });
  }

  focus(options?: FocusOptions): void {
    this.element?.focus(options);
  }

  isFocus(target: EventTarget): boolean {
    return target === this.element;
  }

  step(step: 1 | -1): boolean {
    return this.commands.step(step);
  }

  escape(): boolean {
    return this.commands.escape();
  }

  readonly takeFocus = (): void => {
    const quiet: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
    this.focus(quiet);
  };

  /** The button that was pressed goes away with what it finished. */
  private finish(): void {
    this.commands.finish();
    this.takeFocus();
  }

  private compose(shapes: readonly S[]): JsonObject {
    const { initial, isModified } = this.work;
    return sorted({
      [this.kind.answerKey]: shapes.map((shape) => this.kind.write(shape)),
      ...(initial ? { initialValueModified: isModified } : {}),
      inputImageProperties: { height: this.surface.picture?.height ?? 0, width: this.surface.picture?.width ?? 0 },
    });
  }

  private onPicture(picture: Picture): void {
    this.answer = undefined;
    const size = picture.state === 'ready' ? picture.size : undefined;
    if (this.fitting.setPicture(size)) this.work.refit();
    this.surface.setPicture(size);
    this.host.requestUpdate();
    if (picture.state === 'failed') void link.send({ type: 'error', message: picture.message, isShown: true });
    // Whoever opens a task can work at once, with the keyboard too; a page with fields before the tool keeps its focus.
    if (picture.state === 'ready' && document.activeElement === document.body) this.takeFocus();
  }
}
