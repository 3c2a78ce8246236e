/** The dark tags of shapes, drawn once per text and then copied: text is the dearest thing on a canvas. */
import type { Rect, Size } from '../../base/geometry.ts';
import { percentage } from '../../labels/labels.ts';
import type { Legend } from '../painting/painter.ts';
import type { Shape } from '../shapes/shape.ts';
import { TAG_HEIGHT } from './tag-layout.ts';
import { wrap } from './wrap.ts';

const PADDING = 6;
const STRIPE = 4;
const LINE_HEIGHT = 16;
const FONT = '600 12px system-ui, sans-serif';
/** A label beside its shape is not wider than this, and leaves so much of the screen. */
const WIDEST_LABEL = 360;
const REST = 16;

export type Tag = { readonly image: HTMLCanvasElement } & Size;

const drawn = new Map<string, Tag>();
let measuring: CanvasRenderingContext2D | undefined;

function widthOf(text: string): number {
  measuring ??= document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  measuring.font = FONT;
  return measuring.measureText(text).width;
}

function draw(lines: readonly string[], color: string, density: number): Tag {
  const image = document.createElement('canvas');
  const context = image.getContext('2d') as CanvasRenderingContext2D;
  const width = Math.ceil(Math.max(...lines.map(widthOf))) + 2 * PADDING + STRIPE + 2;
  const height = TAG_HEIGHT + (lines.length - 1) * LINE_HEIGHT;
  image.width = Math.ceil(width * density);
  image.height = Math.ceil(height * density);
  context.scale(density, density);
  context.fillStyle = '#14171c';
  context.fillRect(0, 0, width, height);
  context.fillStyle = color;
  context.fillRect(0, 0, STRIPE, height);
  context.fillStyle = '#ffffff';
  context.font = FONT;
  context.textBaseline = 'middle';
  for (const [index, text] of lines.entries()) context.fillText(text, PADDING + STRIPE, TAG_HEIGHT / 2 + 0.5 + index * LINE_HEIGHT);
  return { image, width, height };
}

function tagFor(key: string, lines: () => readonly string[], color: string, density: number): Tag {
  const whole = `${density} ${color} ${key}`;
  let tag = drawn.get(whole);
  if (tag === undefined) {
    // Zooming a browser window changes the density; scores make many texts. A fresh start is cheap.
    if (drawn.size > 2000) drawn.clear();
    drawn.set(whole, (tag = draw(lines(), color, density)));
  }
  return tag;
}

/** The tags that a shape may have, the one that says most first. */
export function tagsOf({ label, score }: Shape, { texts, colorOf }: Legend, density: number): Tag[] {
  const names = texts.of(label);
  const all = score === undefined ? names : names.flatMap((name) => [`${name} ${percentage(score)}`, name]);
  return all.map((text) => tagFor(text, () => [text], colorOf(label), density));
}

/** The whole label with the score, on as many lines as it takes on this screen. */
export function labelTag({ label, score }: Shape, color: string, density: number, screen: Size): Tag {
  const text = score === undefined ? label : `${label} ${percentage(score)}`;
  const width = Math.max(Math.min(WIDEST_LABEL, screen.width - REST) - 2 * PADDING - STRIPE - 2, PADDING);
  const most = Math.max(Math.floor((screen.height / 2 - TAG_HEIGHT) / LINE_HEIGHT), 1);
  return tagFor(`${width} ${most} ${text}`, () => wrap(text, width, most, widthOf), color, density);
}

export function paintTag(context: CanvasRenderingContext2D, { image }: Tag, { left, top, width, height }: Rect, opacity = 1): void {
  context.globalAlpha = opacity;
  context.drawImage(image, left, top, width, height);
  context.globalAlpha = 1;
}
