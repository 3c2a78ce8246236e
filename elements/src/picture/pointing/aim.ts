/**
 * Which shape a key means: the selected one, or that under the pointer. Knows no DOM.
 *
 * With nothing selected it is the one under the pointer. With a selection, the pointer has a say only once it has been moved
 * onto another shape since: a hand that rests on the mouse takes nothing over from the keyboard. From a shape that was only
 * just drawn it must have gone a good way, for the pointer is on its way to where the next one will be.
 */
import { distance, type Point } from '../../base/geometry.ts';

/** How far the pointer goes until it means something, in screen pixels. */
const NEAR = 4;
const FAR = 28;

export class Aim {
  private id: number | undefined;
  private at: Point | undefined;
  /** Where the pointer was when something was selected. */
  private since: Point | undefined;

  /** The pointer lies here (in screen pixels) on the shape with this id, or on none; nowhere, if it has left. */
  point(id: number | undefined, at: Point | undefined): void {
    this.id = id;
    this.at = at;
  }

  /** Something was selected, or nothing any more. */
  settle(): void {
    this.since = this.at;
  }

  /** The id of the shape that is meant. */
  of(selected: number | undefined, isFresh: boolean): number | undefined {
    if (selected === undefined) return this.id;
    return this.id !== undefined && this.hasMoved(isFresh ? FAR : NEAR) ? this.id : selected;
  }

  private hasMoved(far: number): boolean {
    return this.at !== undefined && (this.since === undefined || distance(this.since, this.at) >= far);
  }
}
