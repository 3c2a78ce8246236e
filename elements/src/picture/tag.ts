/** The dark tags at the top of shapes, drawn once per text and then copied: text is the dearest thing on a canvas. */
import { beginning, percentage, shortLabel } from '../labels/labels.ts';
import type { Rect } from './geometry.ts';
import type { Shape } from './shapes/shape.ts';
import { TAG_HEIGHT } from './tag-layout.ts';

const PADDING = 6;
const FONT = '600 12px system-ui, sans-serif';
/** Longer texts are cut: a tag that is wider than the screen says no more. */
const LONGEST = 80;
/** So much of a label is known again in little room. */
const KNOWN = 12;

export type Tag = { readonly image: HTMLCanvasElement; readonly width: number };

const drawn = new Map<string, Tag>();

function draw(text: string, color: string, density: number): Tag {
  const image = document.createElement('canvas');
  const context = image.getContext('2d') as CanvasRenderingContext2D;
  context.font = FONT;
  const width = Math.ceil(context.measureText(text).width) + 2 * PADDING + 6;
  image.width = Math.ceil(width * density);
  image.height = Math.ceil(TAG_HEIGHT * density);
  context.scale(density, density);
  context.fillStyle = '#14171c';
  context.fillRect(0, 0, width, TAG_HEIGHT);
  context.fillStyle = color;
  context.fillRect(0, 0, 4, TAG_HEIGHT);
  context.fillStyle = '#ffffff';
  context.font = FONT;
  context.textBaseline = 'middle';
  context.fillText(text, PADDING + 4, TAG_HEIGHT / 2 + 0.5);
  return { image, width };
}

function tagFor(text: string, color: string, density: number): Tag {
  const key = `${density} ${color} ${text}`;
  let tag = drawn.get(key);
  if (tag === undefined) {
    // Zooming a browser window changes the density; scores make many texts. A fresh start is cheap.
    if (drawn.size > 2000) drawn.clear();
    drawn.set(key, (tag = draw(text, color, density)));
  }
  return tag;
}

/** The tags that a shape may have, the one that says most first. */
export function tagsOf({ label, score }: Shape, color: string, density: number): Tag[] {
  const names = [beginning(label, LONGEST), beginning(label, KNOWN), shortLabel(label)];
  const texts = score === undefined ? names : names.flatMap((name) => [`${name} ${percentage(score)}`, name]);
  return [...new Set(texts)].map((text) => tagFor(text, color, density));
}

export function paintTag(context: CanvasRenderingContext2D, { image }: Tag, { left, top, width, height }: Rect): void {
  context.drawImage(image, left, top, width, height);
}
