/** A picture with shapes on it, as the stage of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { withArticle } from '../base/article.ts';
import { capital } from '../base/capital.ts';
import type { Size } from '../base/geometry.ts';
import type { JsonObject } from '../base/json-object.ts';
import { sorted } from '../base/sorted.ts';
import { preferences } from '../frame/link.ts';
import type { Aiming } from '../tool/aiming.ts';
import { button } from '../tool/button.ts';
import { describeLosses } from '../tool/losses.ts';
import type { Stage } from '../tool/stage.ts';
import { ObjectList } from '../tool/objects/object-list.ts';
import { Clipboard } from './several/clipboard.ts';
import { Commands } from './commands.ts';
import { Fitting } from './fitting.ts';
import { pictureKeys } from './keys.ts';
import { objectHints, objectKeys } from './several/object-keys.ts';
import { RememberedMode } from './remembered-mode.ts';
import { ShapeList } from './several/shape-list.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import { ShapeAiming } from './pointing/shape-aiming.ts';
import { Shapes } from './shapes.ts';
import { scoreKey } from './checking/score-keys.ts';
import { Scores } from './checking/scores.ts';
import { shapePredictions } from './checking/shape-predictions.ts';
import { StageWithPicture } from './stage-with-picture.ts';
import { Surface } from './surface.ts';
import { verifyButton } from './checking/verify-bar.ts';
import { verifyKeys } from './checking/verify-keys.ts';
import { Verifying } from './checking/verifying.ts';

const labellingOf = (singular: string): string =>
  `Label the ${singular} that was just drawn or is selected, else the one under the pointer; also choose the label of the next one`;

export class PictureStage<S extends Shape> extends StageWithPicture {
  readonly noun;
  readonly work: Shapes<S>;
  readonly labelling: string;
  readonly keys: Stage['keys'];
  override readonly verifying: Verifying;
  readonly scores: Scores<S>;
  readonly objects: ObjectList;
  protected readonly surface: Surface<S>;
  private readonly fitting: Fitting<S>;
  private readonly commands: Commands<S>;
  private readonly clipboard: Clipboard<S>;
  private answer: { shapes: readonly S[]; value: JsonObject } | undefined;

  readonly aiming: Aiming;

  constructor(
    private readonly kind: ShapeKind<S>,
    host: ReactiveControllerHost,
    focusScores: () => void = () => {},
  ) {
    super(host);
    this.noun = kind.noun;
    this.labelling = kind.labelling ?? labellingOf(kind.noun.singular);
    this.fitting = new Fitting(kind.geometry);
    this.work = kind.stateFor?.(kind, this.fitting) ?? new Shapes(kind, this.fitting);
    this.surface = new Surface(
      kind,
      this.work,
      () => host.requestUpdate(),
      () => this.loader.measure(),
    );
    this.commands = new Commands(kind, this.work, this.surface);
    this.aiming = new ShapeAiming(kind, this.work, this.surface);
    const mode = new RememberedMode(this.work, preferences);
    this.verifying = new Verifying(shapePredictions(kind, this.work, mode), this.surface, host);
    this.scores = new Scores(kind.noun, this.work);
    this.clipboard = new Clipboard(kind, this.work, {
      get: () => preferences.get('objects.clipboard'),
      set: (copied) => preferences.set('objects.clipboard', copied),
    });
    this.objects = new ObjectList(new ShapeList(kind, this.work, this.surface, this.takeFocus));
    this.keys = this.keysOf(kind, focusScores);
  }

  private keysOf(kind: ShapeKind<S>, focusScores: () => void): Stage['keys'] {
    const { commands, surface, clipboard, objects: list, verifying, scores } = this;
    const { work, view, pointer } = pictureKeys(commands, surface, kind);
    const objects = objectKeys({ kind, shapes: this.work, surface, clipboard, list, snapping: surface.snapping });
    return {
      work: [...verifyKeys(verifying), ...objects, ...work],
      view: [...view, scoreKey(scores, focusScores)],
      pointer: [...pointer, ...objectHints(kind)],
    };
  }

  get value(): JsonObject {
    const { items } = this.work;
    if (this.answer?.shapes !== items) this.answer = { shapes: items, value: this.compose(items) };
    return this.answer.value;
  }

  override get obstacle(): string | undefined {
    const { singular } = this.noun;
    const isUnfinished = this.work.unfinished?.isPath === true;
    return super.obstacle ?? (isUnfinished ? `${capital(withArticle(singular))} is not finished: finish it with Enter, or take its vertices back with Backspace.` : undefined);
  }

  get remark(): string {
    if (this.loader.picture.state !== 'ready') return '';
    const losses = describeLosses(this.work.losses, this.noun.plural, { cut: 'cut at the edge of the picture', outside: this.kind.geometry.outside });
    return [losses, this.scores.remark, this.clipboard.remark].filter(Boolean).join(' ');
  }

  get selection(): string | undefined {
    const { items, selected, chosenHandle, marks } = this.work;
    if (!selected || !this.surface.picture) return undefined;
    if (this.work.isSeveral) return this.several;
    const shape = `${capital(this.noun.singular)} ${items.indexOf(selected) + 1} of ${items.length}, ${this.kind.describe(selected)}${marks.isLocked(selected.id) ? ', locked' : ''}`;
    const handle = this.kind.geometry.handles(selected).find(({ name }) => name === chosenHandle);
    return handle ? `${shape}, ${handle.words} at ${Math.round(handle.point.x)}, ${Math.round(handle.point.y)}` : shape;
  }

  private get several(): string {
    const { items, selectedItems, marks } = this.work;
    const locked = selectedItems.filter(({ id }) => marks.isLocked(id)).length;
    return `${selectedItems.length} of ${items.length} ${this.noun.plural}${locked > 0 ? `, ${locked} of them locked` : ''}`;
  }

  get progress(): string | undefined {
    const words = this.work.unfinished?.words;
    return words && capital(words);
  }

  modeButtons(): TemplateResult {
    const { work, commands } = this;
    const way = this.kind.drawing.ways?.[work.way];
    return html`
      ${work.unfinished?.isPath ? button({ id: 'finish', icon: 'check', title: `Finish the ${this.noun.singular}`, keys: 'Enter', run: () => this.finish() }) : nothing}
      ${button({ id: this.noun.singular, icon: work.way === 0 ? this.kind.icon : 'drawExtremes', title: way ? `Draw: ${way}` : 'Draw', keys: 'D', pressed: work.mode === 'draw', run: () => commands.draw() })}
      ${button({ id: 'select', icon: 'select', title: 'Select', keys: 'V', pressed: work.mode === 'select', run: () => commands.pick() })}
      ${verifyButton(this.verifying)}
      ${this.snapButton()}
    `;
  }

  private snapButton(): TemplateResult | typeof nothing {
    const { snapping } = this.surface;
    if (!snapping) return nothing;
    const { obstacle, isOn } = snapping;
    const title = `Snap to edges of the picture${obstacle ? `: ${obstacle}` : ''}`;
    return button({ id: 'snap', icon: 'magnet', title, keys: 'G', pressed: isOn, disabled: obstacle !== undefined, run: () => snapping.toggle() });
  }

  step(step: 1 | -1): boolean {
    return this.verifying.step(step) || this.commands.step(step);
  }

  aim(): void {
    this.work.takeAim();
  }

  /** A press that has not moved yet has done nothing that could be let go of. */
  readonly letGo = (): boolean => {
    const { preview, group, band } = this.work;
    const { pointer } = this.surface;
    const isBusy = pointer?.isBusy === true && (preview ?? group ?? band) !== undefined;
    pointer?.cancel();
    return isBusy;
  };

  escape(): boolean {
    return this.commands.escape();
  }

  protected measured(size: Size | undefined): void {
    this.answer = undefined;
    this.surface.snapping?.reset(size);
    if (this.fitting.setPicture(size)) this.work.refit();
  }

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
}
