/** A picture with a mask over it, as the stage of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { withArticle } from '../base/article.ts';
import type { Size } from '../base/geometry.ts';
import type { IconName } from '../base/icons.ts';
import type { JsonObject } from '../base/json-object.ts';
import { link, preferences } from '../frame/link.ts';
import type { Picture } from '../picture/file/picture.ts';
import { StageWithPicture } from '../picture/stage-with-picture.ts';
import { verifyButton } from '../picture/checking/verify-bar.ts';
import { verifyKeys } from '../picture/checking/verify-keys.ts';
import { Verifying } from '../picture/checking/verifying.ts';
import type { Aiming } from '../tool/aiming.ts';
import { button } from '../tool/button.ts';
import type { Stage } from '../tool/stage.ts';
import { AnswerFile } from './answer-file.ts';
import { slider } from './controls.ts';
import type { GivenMask } from './given-mask.ts';
import { likedOpacity, likedSizes, likedTool } from './liking.ts';
import { MaskLoader } from './mask-loader.ts';
import { Painter, THICKEST, THINNEST, type Tool } from './painter.ts';
import { rasterKeys } from './raster-keys.ts';
import { RegionPredictions } from './region-predictions.ts';
import type { RasterKind } from './raster-kind.ts';
import { RasterSurface } from './raster-surface.ts';
import { RegionAiming } from './region-aiming.ts';
import { Rearranging } from './rearranging.ts';
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
  readonly rearranging: Rearranging;
  /** Selects the instance under a pointer that selects, where none is selected; label keys of classes mean the next stroke. */
  readonly aim?: () => void;
  private readonly painter: Painter;
  private readonly file: AnswerFile;
  private readonly maskLoader: MaskLoader;
  private given: GivenMask | undefined;

  constructor(
    private readonly kind: RasterKind,
    host: ReactiveControllerHost,
  ) {
    super(host);
    this.noun = kind.noun;
    this.work = new Segmentation(kind);
    this.rearranging = new Rearranging(this.work, kind);
    this.painter = new Painter(this.work, this.rearranging, () => this.remember());
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
    const keys = rasterKeys({ stage: this, painter: this.painter, surface: this.surface, work: this.work, kind });
    // A class of pixels all over the picture is nothing that one looks at one by one.
    if (!kind.isPerLabel) {
      this.predictions = new RegionPredictions(kind.noun, this.work, this.painter, this.surface, () => this.isMaskThere);
      this.aim = () => this.work.selectHovered();
    }
    this.verifying = this.predictions && new Verifying(this.predictions, this.surface, host);
    this.keys = this.verifying ? { ...keys, work: [...verifyKeys(this.verifying), ...keys.work] } : keys;
    this.work.listen(() => this.loadGiven());
    this.followLiking(host);
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
    const { outline, told } = this.work;
    const { length } = outline;
    if (length === 0) return told || undefined;
    return `Polygon with ${length} ${length === 1 ? 'corner' : 'corners'}${length > 2 ? ': Enter fills it' : ''}`;
  }

  get remark(): string {
    return this.isMaskThere ? describeMask(this.work, this.noun) : '';
  }

  get selection(): string | undefined {
    return describeRegion(this.work, this.noun);
  }

  modeButtons(): TemplateResult {
    const { painter, noun, kind } = this;
    const tool = (id: Tool, title: string, keys: string, icon: IconName = id as IconName): TemplateResult =>
      button({ id, icon, title, keys, pressed: painter.tool === id, run: () => painter.choose(id) });
    return html`
      ${tool('brush', 'Brush', 'B')} ${tool('eraser', 'Eraser', 'E')}
      ${slider({
        name: 'Size',
        title: 'Diameter in pixels of the picture ([, ], Alt + wheel)',
        // Sizes that look alike lie close together.
        position: Math.log(painter.diameter / THINNEST) / Math.log(THICKEST / THINNEST),
        text: `${painter.diameter} px`,
        disabled: !painter.paints,
        set: (position) => painter.setDiameter(THINNEST * (THICKEST / THINNEST) ** position),
      })}
      ${tool('lasso', 'Lasso', 'A')} ${tool('polygon', 'Polygon', 'P')} ${tool('fill', 'Fill', 'G', 'bucket')}
      ${kind.isPerLabel ? nothing : tool('split', 'Split along a line', 'Y', 'scissors')}
      ${tool('select', `Select ${withArticle(noun.singular)}`, 'V')}
      ${this.verifying ? verifyButton(this.verifying) : nothing}
    `;
  }

  override viewButtons(): TemplateResult {
    const { surface } = this;
    const { opacity } = surface.layer;
    const title = 'How much the mask covers up (O, Shift+O)';
    const text = `${Math.round(opacity * 100)}%`;
    return html`${slider({ name: 'Mask', title, position: opacity, text, set: (position) => this.setOpacity(position) })} ${super.viewButtons()}`;
  }

  /** The opacity of the mask, from 0 to 1. */
  get opacity(): number {
    return this.surface.layer.opacity;
  }

  setOpacity(opacity: number): void {
    this.surface.setOpacity(opacity);
    preferences.set('raster.opacity', this.opacity);
  }

  override look(): void {
    this.painter.take('select');
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


  readonly letGo = (): boolean => this.surface.letGo() && this.painter.tool !== 'select';

  escape(): boolean {
    const { work, surface } = this;
    if (surface.letGo()) return true;
    if (work.outline.length > 0) work.setOutline([]);
    else if (work.selection.first !== undefined) work.select(undefined);
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

  private remember(): void {
    const tool = likedTool(this.painter.tool);
    if (tool) preferences.set('raster.tool', tool);
    preferences.set('raster.size', { ...this.painter.diameters });
  }

  /** Takes over what the worker likes, for as long as the tool is on the page. */
  private followLiking(host: ReactiveControllerHost): void {
    const { painter, surface } = this;
    const follow = (): (() => void)[] => [
      preferences.follow('raster.tool', (value) => painter.take(likedTool(value) ?? painter.tool)),
      preferences.follow('raster.size', (value) => painter.takeSizes(likedSizes(value))),
      preferences.follow('raster.opacity', (value) => surface.setOpacity(likedOpacity(value) ?? surface.layer.opacity)),
    ];
    let stops: (() => void)[] = [];
    host.addController({
      hostConnected() {
        stops = follow();
      },
      hostDisconnected() {
        for (const stop of stops) stop();
      },
    });
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
