/** A picture with a mask over it, as the stage of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { JsonObject } from '../base/json-attributes.ts';
import { link } from '../frame/link.ts';
import type { Picture } from '../picture/file/picture.ts';
import type { Size } from '../picture/geometry.ts';
import { StageWithPicture } from '../picture/stage-with-picture.ts';
import { verifyButton } from '../picture/verify-bar.ts';
import { verifyKeys } from '../picture/verify-keys.ts';
import { Verifying } from '../picture/verifying.ts';
import type { Aiming } from '../tool/aiming.ts';
import { button } from '../tool/button.ts';
import type { Stage } from '../tool/stage.ts';
import { AnswerFile } from './answer-file.ts';
import { slider } from './controls.ts';
import type { GivenMask } from './given-mask.ts';
import { MaskLoader } from './mask-loader.ts';
import { Painter, THICKEST, THINNEST } from './painter.ts';
import { rasterKeys } from './raster-keys.ts';
import { RegionPredictions } from './region-predictions.ts';
import type { RasterKind } from './raster-kind.ts';
import { RasterSurface } from './raster-surface.ts';
import { RegionAiming } from './region-aiming.ts';
import { Segmentation } from './segmentation.ts';
import { describeMask, describeRegion } from './words.ts';

export class RasterStage extends StageWithPicture {
  readonly noun;
  readonly work: Segmentation;
  readonly keys: Stage['keys'];
  readonly aiming: Aiming;
  override readonly verifying: Verifying | undefined;
  protected readonly surface: RasterSurface;
  readonly predictions: RegionPredictions | undefined;
  private readonly painter: Painter;
  private readonly file: AnswerFile;
  private readonly maskLoader: MaskLoader;
  private given: GivenMask | undefined;

  constructor(kind: RasterKind, host: ReactiveControllerHost) {
    super(host);
    this.noun = kind.noun;
    this.work = new Segmentation(kind);
    this.painter = new Painter(this.work);
    this.surface = new RasterSurface(
      this.painter,
      this.work,
      () => host.requestUpdate(),
      () => this.loader.measure(),
    );
    this.aiming = new RegionAiming(kind, this.painter, this.work, this.surface);
    this.file = new AnswerFile(kind, this.work);
    this.maskLoader = new MaskLoader(
      (loaded) => this.work.setLoaded(loaded),
      (state) => this.onMask(state),
    );
    const keys = rasterKeys({ painter: this.painter, surface: this.surface, work: this.work, kind });
    // A class of pixels all over the picture is nothing that one looks at one by one.
    if (!kind.isPerLabel) this.predictions = new RegionPredictions(kind.noun, this.work, this.painter, this.surface, () => this.isMaskThere);
    this.verifying = this.predictions && new Verifying(this.predictions, this.surface, host);
    this.keys = this.verifying ? { ...keys, work: [...verifyKeys(this.verifying), ...keys.work] } : keys;
    this.work.listen(() => this.loadGiven());
  }

  get value(): JsonObject {
    return this.file.value;
  }

  override get obstacle(): string | undefined {
    if (super.obstacle !== undefined) return super.obstacle;
    if (!this.isMaskThere) return 'The mask is not there yet.';
    return this.work.outline.length > 0 ? 'A polygon is not filled: fill it with Enter, or let go of it with Escape.' : undefined;
  }

  get progress(): string | undefined {
    const { length } = this.work.outline;
    if (length === 0) return undefined;
    return `Polygon with ${length} ${length === 1 ? 'corner' : 'corners'}${length > 2 ? ': Enter fills it' : ''}`;
  }

  get remark(): string {
    return this.isMaskThere ? describeMask(this.work, this.noun) : '';
  }

  get selection(): string | undefined {
    return describeRegion(this.work, this.noun);
  }

  modeButtons(): TemplateResult {
    const { painter, noun } = this;
    const tool = (id: 'brush' | 'eraser' | 'polygon' | 'select', title: string, keys: string): TemplateResult =>
      button({ id, icon: id, title, keys, pressed: painter.tool === id, run: () => painter.choose(id) });
    return html`
      ${tool('brush', 'Brush', 'B')} ${tool('eraser', 'Eraser', 'E')}
      ${slider({
        name: 'Size',
        title: 'Diameter in pixels of the picture ([, ])',
        // Sizes that look alike lie close together.
        position: Math.log(painter.diameter / THINNEST) / Math.log(THICKEST / THINNEST),
        text: `${painter.diameter} px`,
        disabled: !painter.paints,
        set: (position) => painter.setDiameter(THINNEST * (THICKEST / THINNEST) ** position),
      })}
      ${tool('polygon', 'Polygon', 'P')}
      ${button({ id: 'fill', icon: 'bucket', title: 'Fill', keys: 'G', pressed: painter.tool === 'fill', run: () => painter.choose('fill') })}
      ${tool('select', `Select a ${noun.singular}`, 'V')}
      ${this.verifying ? verifyButton(this.verifying) : nothing}
    `;
  }

  override viewButtons(): TemplateResult {
    const { surface } = this;
    const { opacity } = surface.layer;
    const title = 'How much the mask covers up (O, Shift+O)';
    const text = `${Math.round(opacity * 100)}%`;
    return html`${slider({ name: 'Mask', title, position: opacity, text, set: (position) => surface.setOpacity(position) })} ${super.viewButtons()}`;
  }

  override look(): void {
    this.painter.choose('select');
    super.look();
  }

  step(step: 1 | -1): boolean {
    if (this.verifying?.step(step)) return true;
    const next = this.work.neighbour(step);
    this.show(next);
    return next !== undefined;
  }

  /** Selects a region, if any, and brings it on screen. */
  show(number: number | undefined): void {
    this.work.select(number);
    const bounds = number === undefined ? undefined : this.work.boundsOf(number);
    if (bounds) this.surface.revealRect(bounds);
  }

  escape(): boolean {
    const { work, surface } = this;
    if (surface.letGo()) return true;
    if (work.outline.length > 0) work.setOutline([]);
    else if (work.hasSelection) work.select(undefined);
    else return false;
    return true;
  }

  /** Until the given mask has come, nobody can tell what there is to do. */
  protected override get awaited(): { state: Picture; retry: () => void; what: string } {
    const { state } = this.loader.picture;
    return state === 'ready' && !this.isMaskThere ? { state: this.maskLoader.state, retry: this.maskLoader.retry, what: 'mask' } : super.awaited;
  }

  protected measured(size: Size | undefined): void {
    this.work.setPicture(size);
  }

  private get isMaskThere(): boolean {
    return this.maskLoader.state.state === 'ready' || this.maskLoader.state.state === 'none';
  }

  private loadGiven(): void {
    const { given } = this.work.initial;
    if (given === this.given) return;
    this.given = given;
    this.maskLoader.load(given);
  }

  private onMask(state: Picture): void {
    this.host.requestUpdate();
    if (state.state === 'failed') void link.send({ type: 'error', message: state.message, isShown: true });
  }
}
