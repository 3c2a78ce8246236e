/** What a pointer or the keyboard's cursor does to a mask, by the tool that is chosen. Knows no DOM. */
import { distance, type Point } from '../picture/geometry.ts';
import type { Gesture, Press } from '../picture/gestures.ts';
import type { Segmentation } from './segmentation.ts';
import { flood, polygon, settle, stroke } from './spans.ts';

export type Tool = 'brush' | 'eraser' | 'polygon' | 'fill' | 'select';

/** Diameters of brushes, in pixels of the picture. */
export const THINNEST = 1;
export const THICKEST = 400;
/** One step makes a brush larger or smaller by this part. */
const STEP = 0.2;

export class Painter {
  tool: Tool = 'brush';
  diameter = 24;
  /** Where the last stroke ended: with Shift, the next one begins there. */
  private last: Point | undefined;

  constructor(private readonly work: Segmentation) {}

  get paints(): boolean {
    return this.tool === 'brush' || this.tool === 'eraser';
  }

  choose(tool: Tool): void {
    this.tool = tool;
    this.work.setOutline([]);
    this.work.notify();
  }

  setDiameter(diameter: number): void {
    this.diameter = Math.min(Math.max(Math.round(diameter), THINNEST), THICKEST);
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
      case 'fill':
        return click(() => this.fill(press.point));
      case 'select':
        return this.regionAt(press.point) === undefined ? undefined : click(() => this.work.select(this.regionAt(press.point)));
    }
  }

  /** What the eraser does, whatever the tool. */
  erase(press: Press): Gesture {
    return this.stroke(press, 0);
  }

  /** Fills the polygon that is being drawn; false where there is none. */
  close(): boolean {
    const { outline, mask } = this.work;
    if (!mask || outline.length === 0) return false;
    this.work.setOutline([]);
    if (outline.length > 2) this.work.paint((target, region) => polygon(outline, target.height, target.filler(region)));
    return true;
  }

  private brush(press: Press): Gesture | undefined {
    const region = this.work.target();
    return region > 0 ? this.stroke(press, region) : undefined;
  }

  private stroke({ point, force }: Press, region: number): Gesture {
    const { work, diameter } = this;
    const span = work.brush(region);
    let at = settle((force && this.last) || point, diameter);
    const draw = (to: Point): void => {
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
        work.commit();
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
    work.setOutline([...outline, point]);
    return {
      move(to) {
        if (distance(to, work.outline.at(-1) ?? point) >= Math.max(slop, 1)) work.setOutline([...work.outline, to], 'live');
      },
      end: () => work.notify(),
      cancel: () => work.setOutline(outline),
    };
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
