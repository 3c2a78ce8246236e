/**
 * Draws the boxes of a document over its page on two canvases: all of them, and in front the field at work, so that a drag
 * repaints one field only.
 */
import type { Rect, Size } from '../base/geometry.ts';
import { clear } from '../picture/painting/sheet.ts';
import { rectToScreen, toScreen, type Viewport } from '../picture/view/viewport.ts';
import { square } from '../picture/painting/strokes.ts';
import { BOX } from '../picture/shapes/box.ts';
import type { Block } from './blocks.ts';
import { toPixels } from './box.ts';
import { isDoubtful, SURE, type Field, type Fields, type Part } from './fields.ts';

/** Seen on white paper and on black. */
const COLORS = { sure: '#1f5fbf', doubtful: '#b45309', words: 'rgb(100 110 130 / 45%)' } as const;
/** Words are boxed where they are as large as this on screen, in pixels; below, boxes would hide the page. */
const SMALLEST_WORD = 6;

export type Scene = {
  readonly view: Viewport;
  readonly size: Size;
  readonly screen: Size;
  readonly fields: Fields;
  readonly isShown: (block: { readonly page: number }) => boolean;
  readonly hovered: number | undefined;
  readonly preview: { readonly part: Part; readonly rect: Rect } | undefined;
  /** The box whose handles are shown. */
  readonly handles: Rect | undefined;
};

export class PagePainter {
  private rest: CanvasRenderingContext2D | undefined;
  private front: CanvasRenderingContext2D | undefined;
  private frame = 0;
  private restIsStale = true;

  constructor(private readonly scene: () => Scene | undefined) {}

  attach(rest: HTMLCanvasElement, front: HTMLCanvasElement): void {
    this.rest = rest.getContext('2d') ?? undefined;
    this.front = front.getContext('2d') ?? undefined;
  }

  refresh(): void {
    this.restIsStale = true;
    this.refreshFront();
  }

  refreshFront(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const scene = this.scene();
    if (!scene || !this.rest || !this.front) return;
    if (this.restIsStale) {
      clear(this.rest, scene.screen);
      paintWords(this.rest, scene);
      for (const field of scene.fields.all) if (scene.isShown(field.source)) paintField(this.rest, scene, field);
      this.restIsStale = false;
    }
    clear(this.front, scene.screen);
    const { fields, hovered } = scene;
    const pointed = hovered === undefined ? undefined : fields.all[hovered];
    if (pointed && pointed !== fields.selected) paintField(this.front, scene, pointed, 'hovered');
    if (fields.selected && scene.isShown(fields.selected.source)) paintSelected(this.front, scene, fields.selected);
  }
}

function boxesOf(field: Field, { size, preview }: Scene, isAtWork: boolean): Partial<Record<Part, Rect>> {
  const boxes = {
    ...(field.keyBox ? { key: toPixels(field.keyBox, size) } : {}),
    ...(field.valueBox ? { value: toPixels(field.valueBox, size) } : {}),
  };
  return isAtWork && preview ? { ...boxes, [preview.part]: preview.rect } : boxes;
}

const isOff = ({ left, top, width, height }: Rect, screen: Size): boolean =>
  left > screen.width || top > screen.height || left + width < 0 || top + height < 0;

/** Lines at work keep off the words that they are about, in pixels of the screen. */
const DISTANCE = 3;

const around = ({ left, top, width, height }: Rect): Rect => ({
  left: left - DISTANCE,
  top: top - DISTANCE,
  width: width + 2 * DISTANCE,
  height: height + 2 * DISTANCE,
});

/** The key is framed by dashes, its value by a line. */
function paintField(context: CanvasRenderingContext2D, scene: Scene, field: Field, look?: 'hovered' | 'selected'): void {
  context.strokeStyle = isDoubtful(field) ? COLORS.doubtful : COLORS.sure;
  for (const [part, box] of Object.entries(boxesOf(field, scene, look === 'selected'))) {
    const rect = rectToScreen(scene.view, box);
    if (isOff(rect, scene.screen)) continue;
    const { left, top, width, height } = look ? around(rect) : rect;
    context.setLineDash(part === 'key' ? [4, 3] : []);
    context.lineWidth = look ? 2.5 : 1.5;
    context.globalAlpha = field.verdict === 'no' ? 0.3 : look ? 1 : 0.8;
    context.strokeRect(left, top, width, height);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function paintSelected(context: CanvasRenderingContext2D, scene: Scene, field: Field): void {
  const { key, value } = boxesOf(field, scene, true);
  const [from, to] = [key, value].map((rect) => rect && around(rectToScreen(scene.view, rect)));
  context.fillStyle = 'rgb(31 95 191 / 12%)';
  for (const rect of [from, to]) if (rect) context.fillRect(rect.left, rect.top, rect.width, rect.height);
  if (from && to) paintTie(context, from, to);
  paintField(context, scene, field, 'selected');
  const { handles, preview } = scene;
  if (!handles || preview) return;
  for (const { at, size } of BOX.grips({ id: 0, label: '', ...handles }, scene.view.scale)) square(context, toScreen(scene.view, at), false, COLORS.sure, size);
}

/** Between the nearest points of two boxes. */
function paintTie(context: CanvasRenderingContext2D, from: Rect, to: Rect): void {
  const nearest = (start: number, length: number, other: number, otherLength: number): [number, number] => {
    if (start + length < other) return [start + length, other];
    if (other + otherLength < start) return [start, other + otherLength];
    const middle = (Math.max(start, other) + Math.min(start + length, other + otherLength)) / 2;
    return [middle, middle];
  };
  const [x1, x2] = nearest(from.left, from.width, to.left, to.width);
  const [y1, y2] = nearest(from.top, from.height, to.top, to.height);
  context.lineWidth = 1.5;
  context.strokeStyle = COLORS.sure;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** Words have thin boxes; those that Textract was unsure of are underlined too. */
function paintWords(context: CanvasRenderingContext2D, scene: Scene): void {
  const { fields, size, view, screen } = scene;
  context.lineWidth = 1;
  for (const word of fields.blocks.words) {
    if (!word.box || !scene.isShown(word)) continue;
    const rect = rectToScreen(view, toPixels(word.box, size));
    if (rect.height < SMALLEST_WORD || isOff(rect, screen)) continue;
    context.strokeStyle = COLORS.words;
    context.strokeRect(rect.left, rect.top, rect.width, rect.height);
    if (isUnsure(word)) underline(context, rect);
  }
}

const isUnsure = ({ confidence }: Block): boolean => confidence !== undefined && confidence < SURE;

function underline(context: CanvasRenderingContext2D, { left, top, width, height }: Rect): void {
  context.fillStyle = COLORS.doubtful;
  context.fillRect(left, top + height - 1, width, 2);
}
