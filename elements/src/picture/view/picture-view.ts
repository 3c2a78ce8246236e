/** A picture in a tool, whatever is done on it: the file, its notices, what is shown of it, the focus. */
import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Size } from '../../base/geometry.ts';
import { link } from '../../frame/link.ts';
import type { Hint } from '../../tool/shortcuts.ts';
import type { Picture } from '../file/picture.ts';
import { PictureLoader } from '../file/picture-loader.ts';
import type { PictureSurface } from './picture-surface.ts';
import type { Pointer } from '../pointing/pointer.ts';
import { notice, stageView } from './stage-view.ts';
import { arrowKeys, viewButtons, viewKeys, WHEEL } from './view-keys.ts';

export abstract class PictureView {
  readonly name: string = 'Picture';
  protected abstract readonly surface: PictureSurface;
  protected readonly loader: PictureLoader;
  private element: HTMLElement | undefined;
  private image: HTMLImageElement | undefined;
  /** Where the picture is shown once more, in small. */
  private copies: readonly HTMLImageElement[] = [];

  constructor(protected readonly host: ReactiveControllerHost) {
    this.loader = new PictureLoader(
      () => this.image as HTMLImageElement,
      () => this.copies,
      (picture) => this.onPicture(picture),
    );
  }

  /** The picture has this size; undefined while there is none. */
  protected abstract measured(size: Size | undefined): void;

  get pointer(): Pointer | undefined {
    return this.surface.pointer;
  }

  /** Shows the picture with this address in place of any other. */
  load(source: string): void {
    this.loader.load(source);
  }

  get obstacle(): string | undefined {
    return this.loader.picture.state === 'ready' ? undefined : 'The picture is not there yet.';
  }

  /** How the picture is shown, where that is not as it is; else empty. */
  get shownAs(): string {
    const { isNeutral, words } = this.surface.light;
    return isNeutral ? '' : `picture shown with ${words}`;
  }

  /** From now on somebody only looks at it: every drag moves the picture. Once it is attached. */
  look(): void {
    this.surface.setPanning(true);
  }

  /** Its keys for who only looks. */
  get lookingKeys(): readonly Hint[] {
    return [...viewKeys(this.surface), arrowKeys(this.surface), WHEEL];
  }

  viewButtons(): TemplateResult {
    return viewButtons(this.surface, nothing);
  }

  render(name: string, error: string | undefined): TemplateResult {
    const { state, retry, what } = this.awaited;
    return stageView({ name, focus: this.takeFocus, surface: this.surface, notice: notice(error, state, retry, what), above: this.above() });
  }

  /** What stands above the picture. */
  protected above(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** What has to be there before anybody can work, and how it is asked for again. */
  protected get awaited(): { state: Picture; retry: () => void; what: string } {
    return { state: this.loader.picture, retry: this.loader.retry, what: 'picture' };
  }

  attach(root: ParentNode): void {
    const part = <T extends HTMLElement>(selector: string): T => root.querySelector(selector) as T;
    const surface = part('.surface');
    const image = part<HTMLImageElement>('.surface > img');
    this.element = surface;
    this.image = image;
    this.copies = [part('.minimap > img')];
    this.surface.attach({ surface, image, resting: [part('.rest.first'), part('.rest.second')], front: part('.front'), upper: part('.upper-canvas'), minimap: part('.minimap'), panel: part('.view-panel') });
  }

  /** All that lies over the picture is out of sight while it is true. */
  peek(isPeeking: boolean): void {
    this.surface.peek(isPeeking);
  }

  focus(options?: FocusOptions): void {
    this.element?.focus(options);
  }

  isFocus(target: EventTarget): boolean {
    return target === this.element;
  }

  readonly takeFocus = (): void => {
    const quiet: FocusOptions & { focusVisible: boolean } = { preventScroll: true, focusVisible: false };
    this.focus(quiet);
  };

  private onPicture(picture: Picture): void {
    const size = picture.state === 'ready' ? picture.size : undefined;
    this.measured(size);
    this.surface.setPicture(size);
    this.host.requestUpdate();
    if (picture.state === 'failed') void link.send({ type: 'error', message: picture.message, isShown: true });
    // Whoever opens a task can work at once, with the keyboard too; a page with fields before the tool keeps its focus.
    if (picture.state === 'ready' && document.activeElement === document.body) this.takeFocus();
  }
}
