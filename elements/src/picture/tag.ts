/** The dark tags at the top of shapes, drawn once per text and then copied: text is the dearest thing on a canvas. */

const HEIGHT = 18;
const PADDING = 6;
const FONT = '600 12px system-ui, sans-serif';

type Tag = { readonly image: HTMLCanvasElement; readonly width: number };

const drawn = new Map<string, Tag>();

function draw(text: string, color: string, density: number): Tag {
  const image = document.createElement('canvas');
  const context = image.getContext('2d') as CanvasRenderingContext2D;
  context.font = FONT;
  const width = Math.ceil(context.measureText(text).width) + 2 * PADDING + 6;
  image.width = Math.ceil(width * density);
  image.height = Math.ceil(HEIGHT * density);
  context.scale(density, density);
  context.fillStyle = '#14171c';
  context.fillRect(0, 0, width, HEIGHT);
  context.fillStyle = color;
  context.fillRect(0, 0, 4, HEIGHT);
  context.fillStyle = '#ffffff';
  context.font = FONT;
  context.textBaseline = 'middle';
  context.fillText(text, PADDING + 4, HEIGHT / 2 + 0.5);
  return { image, width };
}

function tagFor(text: string, color: string, density: number): Tag {
  const key = `${density} ${color} ${text}`;
  let tag = drawn.get(key);
  if (tag === undefined) {
    // Zooming a browser window changes the density; scores make many texts. A fresh start is cheap.
    if (drawn.size > 500) drawn.clear();
    drawn.set(key, (tag = draw(text, color, density)));
  }
  return tag;
}

/**
 * Draws a tag centred above (x, y), or below it where there is no room above: the first of `texts` that is not wider than
 * `room`, or none, so that small shapes stay visible. Lengths are in screen pixels.
 */
export function paintTag(context: CanvasRenderingContext2D, texts: readonly string[], color: string, x: number, y: number, room: number): void {
  const density = context.getTransform().a;
  const tag = texts.map((text) => tagFor(text, color, density)).find(({ width }) => width <= room);
  if (tag === undefined) return;
  const top = y - HEIGHT - 2 < 0 ? y + 2 : y - HEIGHT - 2;
  context.drawImage(tag.image, Math.round(x - tag.width / 2), Math.round(top), tag.width, HEIGHT);
}
