/** Draws a mask over its picture, on a canvas of the screen's size: what it costs depends on the screen, not on the picture. */
import type { Rect, Size } from '../base/geometry.ts';
import type { Viewport } from '../picture/view/viewport.ts';
import { colorNumber } from './colors.ts';
import type { Segmentation } from './segmentation.ts';
import { onScreen, shade, type Inks } from './shading.ts';

const WHITE = 0xffffff;
/** The selected region is so much less transparent. */
const EMPHASIS = 0.25;
/** So much is left of the others then. */
const DIMMED = 0.3;

/** Colour and opacity as a pixel of ImageData, whose bytes are red, green, blue, alpha. */
const ink = (color: number, alpha: number): number =>
  ((Math.round(Math.min(alpha, 1) * 255) << 24) | ((color & 255) << 16) | (color & 0xff00) | (color >> 16)) >>> 0;

export class MaskLayer {
  /** How much of the picture the mask covers up, from 0 to 1. */
  opacity = 0.5;
  private context: CanvasRenderingContext2D | undefined;
  private inks: Inks = { fills: new Uint32Array(1), lines: new Uint32Array(1) };
  /** What was selected and under the pointer when they were mixed. */
  private mixedFor = '';

  constructor(private readonly work: Segmentation) {}

  attach(canvas: HTMLCanvasElement): void {
    this.context = canvas.getContext('2d') ?? undefined;
  }

  /** Draws all of it, after anything but a stroke has changed. */
  draw(view: Viewport, screen: Size): void {
    const { context } = this;
    if (!context) return;
    const density = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(screen.width * density), Math.round(screen.height * density)];
    if (context.canvas.width !== width || context.canvas.height !== height) Object.assign(context.canvas, { width, height });
    this.mixInks();
    this.put(context, { left: 0, top: 0, width, height }, view, density);
    this.work.mask?.takePainted();
  }

  /** Draws what was painted since, and everything where another region stands out now. */
  drawPainted(view: Viewport, screen: Size): void {
    if (this.mixedFor !== this.standsOut) return this.draw(view, screen);
    const { context } = this;
    const painted = this.work.mask?.takePainted();
    if (!context || !painted) return;
    // A stroke may have begun a region.
    if (this.inks.fills.length <= this.work.regions.list.length) this.mixInks();
    const density = window.devicePixelRatio || 1;
    this.put(context, onScreen(painted, view, density, context.canvas), view, density);
  }

  private put(context: CanvasRenderingContext2D, part: Rect, view: Viewport, density: number): void {
    if (part.width === 0 || part.height === 0) return;
    const { mask } = this.work;
    if (!mask) return context.clearRect(part.left, part.top, part.width, part.height);
    const image = context.createImageData(part.width, part.height);
    shade(mask, part, view, density, this.inks, new Uint32Array(image.data.buffer));
    context.putImageData(image, part.left, part.top);
  }

  private get standsOut(): string {
    return `${this.work.selection.all} ${this.work.selection.hovered}`;
  }

  private mixInks(): void {
    const { opacity } = this;
    const { regions, selection } = this.work;
    const selected = new Set(selection.all);
    this.mixedFor = this.standsOut;
    const fills = new Uint32Array(regions.list.length + 1);
    const lines = new Uint32Array(fills.length);
    for (let number = 1; number < fills.length; number++) {
      if (!regions.isShown(number)) continue;
      const color = colorNumber(regions.colorOf(number)) ?? 0;
      const isOut = selected.has(number) || number === selection.hovered;
      const left = isOut || selected.size === 0 ? 1 : DIMMED;
      fills[number] = ink(color, isOut ? opacity + EMPHASIS : opacity * left);
      lines[number] = selected.has(number) ? ink(WHITE, 1) : ink(color, left);
    }
    this.inks = { fills, lines };
  }
}
