/** What a pointer or the keyboard's cursor does to a mask, by the tool that is chosen. Knows no DOM. */
import { distance, type Point } from '../base/geometry.ts';
import type { Gesture, Press } from '../picture/pointing/gestures.ts';
import type { Rearranging } from './rearranging.ts';
import type { Segmentation } from './segmentation.ts';
import { flood, polygon, settle, stroke } from './spans.ts';

export const TOOLS = ['brush', 'eraser', 'polygon', 'lasso', 'fill', 'split', 'select'] as const;
export type Tool = (typeof TOOLS)[number];

/** What has a size. */
export type Round = 'brush' | 'eraser';

/** Diameters of brushes, in pixels of the picture. */
export const THINNEST = 1;
export const THICKEST = 400;
/** One step makes a brush larger or smaller by this part. */
const STEP = 0.2;

export class Painter {
  tool: Tool = 'brush';
  /** Of the brush and of the eraser, each its own. */
  readonly diameters: Record<Round, number> = { brush: 24, eraser: 24 };
  /** Where the last stroke ended: with Shift, the next one begins there. */
  private last: Point | undefined;

  /** `chosen` is called when somebody has chosen a tool or its size. */
  constructor(
    private readonly work: Segmentation,
    private readonly rearranging: Rearranging,
    private readonly chosen: () => void = () => {},
  ) {}

  get paints(): boolean {
    return this.tool === 'brush' || this.tool === 'eraser';
  }

  get diameter(): number {
    return this.diameters[this.round];
  }

  private get round(): Round {
    return this.tool === 'eraser' ? 'eraser' : 'brush';
  }

  choose(tool: Tool): void {
    this.take(tool);
    this.chosen();
  }

  /** The same without anybody having chosen it. */
  take(tool: Tool): void {
    this.tool = tool;
    this.work.hover(undefined);
    this.work.setOutline([]);
  }

  setDiameter(diameter: number): void {
    this.diameters[this.round] = Math.min(Math.max(Math.round(diameter), THINNEST), THICKEST);
    this.work.notify();
    this.chosen();
  }

  /** Sizes that nobody has chosen now. */
  takeSizes(sizes: Partial<Record<Round, number>>): void {
    Object.assign(this.diameters, sizes);
    this.work.notify();
  }

  resize(step: 1 | -1): void {
    this.setDiameter(this.diameter + step * Math.max(1, Math.round(this.diameter * STEP)));
  }

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press): Gesture | undefined {
    switch (this.tool) {
      case 'brush':
        return this.brush(press);
      case 'eraser':
        return this.erase(press);
      case 'polygon':
        return this.corner(press);
      case 'lasso':
        return this.line(press, (line) => this.fillOutline(line));
      case 'fill':
        return click(() => this.fill(press.point));
      case 'split':
        return this.line(press, (line) => this.rearranging.cut(line));
      case 'select':
        return this.select(press);
    }
  }

  /** What lies under a pointer that is not pressed. */
  hover(point: Point | undefined): void {
    this.work.hover(point && this.tool === 'select' ? this.regionAt(point) : undefined);
  }

  /** What the eraser does, whatever the tool. */
  erase(press: Press): Gesture {
    return this.stroke(press, 0, this.diameters.eraser);
  }

  /** Fills the polygon that is being drawn; false where there is none. */
  close(): boolean {
    const { outline, mask } = this.work;
    if (!mask || outline.length === 0) return false;
    this.work.setOutline([]);
    this.fillOutline(outline);
    return true;
  }

  private fillOutline(outline: readonly Point[]): void {
    if (outline.length > 2) this.work.paint((mask, region) => polygon(outline, mask.height, mask.filler(region)));
  }

  private brush(press: Press): Gesture | undefined {
    const region = this.work.target();
    return region > 0 ? this.stroke(press, region, this.diameters.brush) : undefined;
  }

  private stroke({ point, force }: Press, region: number, diameter: number): Gesture {
    const { work } = this;
    const { putBack } = work;
    const isOver = (): boolean => work.putBack !== putBack;
    const span = work.brush(region);
    let at = settle((force && this.last) || point, diameter);
    const draw = (to: Point): void => {
      if (isOver()) return;
      const next = settle(to, diameter);
      stroke(at, next, diameter, span);
      at = next;
      work.painted();
    };
    draw(point);
    return {
      move: draw,
      end: () => {
        this.last = at;
        if (!isOver()) work.commit();
      },
      cancel: () => work.cancel(),
    };
  }

  /** A click adds a corner, or closes the polygon at its first or again at its last one; a drag draws its outline freely. */
  private corner({ point, reach, slop }: Press): Gesture {
    const { work } = this;
    const { outline } = work;
    const [first, last] = [outline[0], outline.at(-1)];
    const isEnd = outline.length > 2 && [first, last].some((corner) => corner && distance(corner, point) <= (corner === first ? reach : slop));
    if (isEnd) return click(() => this.close());
    let drawn = [...outline, point];
    work.setOutline(drawn);
    return {
      move(to) {
        // A key may have let go of the polygon while the pointer is down.
        if (work.outline !== drawn || distance(to, drawn.at(-1) as Point) < Math.max(slop, 1)) return;
        drawn = [...drawn, to];
        work.setOutline(drawn, 'live');
      },
      end: () => work.notify(),
      cancel: () => work.setOutline(outline),
    };
  }

  /** Draws a line for as long as it goes on, for `done` to make something of. */
  private line({ point, slop }: Press, done: (line: readonly Point[]) => void): Gesture {
    const { work } = this;
    // A line is drawn to be followed closely: a part of what a click may tremble is a movement.
    const finest = Math.max(slop / 4, 1);
    // Its own: who presses the key of the next tool before they let go of this line still mean it.
    let drawn = [point];
    work.setOutline(drawn, 'live');
    const add = (to: Point): void => {
      if (distance(to, drawn.at(-1) as Point) < finest) return;
      drawn = [...drawn, to];
      work.setOutline(drawn, 'live');
    };
    return {
      move: add,
      end() {
        work.setOutline([]);
        if (drawn.length > 1) done(drawn);
      },
      cancel: () => work.setOutline([]),
    };
  }

  private select({ point, force }: Press): Gesture | undefined {
    const { work } = this;
    const number = this.regionAt(point);
    if (number === undefined) return undefined;
    return click(() => (force || work.selection.growsByClick ? work.toggle(number) : work.select(number)));
  }

  private fill({ x, y }: Point): void {
    this.work.paint((mask, region) => flood(mask, { x: Math.floor(x), y: Math.floor(y) }, region));
  }

  /** The region on screen at this point. */
  regionAt({ x, y }: Point): number | undefined {
    const number = this.work.mask?.at(Math.floor(x), Math.floor(y)) ?? 0;
    return number > 0 && this.work.regions.isShown(number) ? number : undefined;
  }
}

/** Does something where the pointer comes up. */
const click = (act: () => void): Gesture => ({ move() {}, end: act, cancel() {} });
