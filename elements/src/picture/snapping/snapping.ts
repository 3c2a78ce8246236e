/**
 * Lets what is drawn snap to the edges of what is seen on the picture, if the worker likes that. Only a small part of the
 * picture about the pointer is ever read, however large it is.
 */
import { centre, clamp, distance, snap, type Point, type Size } from '../../base/geometry.ts';
import { preferences } from '../../frame/link.ts';
import type { Gesture, Press } from '../pointing/gestures.ts';
import { marginOf, snapToEdges, type Pixels } from './edges.ts';

/** So far from the pointer an edge is still meant, in screen pixels. */
export const REACH = 6;
/** On a picture that is shown very small, no further than this in its own pixels. */
const FARTHEST = 64;
/** Pixels are read in pieces of this size, which serve until the pointer leaves them. */
const PIECE = 256;

/** What a press begins that can snap: another shape, the next vertex of one, or the move of a handle. */
export type Placing = 'shape' | 'vertex' | 'handle';

function pieceContext(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: PIECE, height: PIECE });
  return canvas.getContext('2d', { willReadFrequently: true });
}

export class Snapping {
  /** Why nothing can snap on this picture, in a sentence. */
  obstacle: string | undefined;
  private isWanted = false;
  private piece: Pixels | undefined;
  private source = '';
  private picture: Size | undefined;
  private context = pieceContext();

  constructor(
    private readonly image: () => HTMLImageElement | undefined,
    private readonly changed: () => void,
  ) {
    preferences.follow('snapping', (kept) => this.turn(kept === true));
  }

  get isOn(): boolean {
    return this.isWanted && this.obstacle === undefined;
  }

  toggle(): void {
    if (this.obstacle !== undefined) return;
    preferences.set('snapping', !this.isWanted);
    this.turn(!this.isWanted);
  }

  /** Another picture, or (undefined) none. */
  reset(picture: Size | undefined): void {
    this.picture = picture;
    this.piece = undefined;
    this.obstacle = undefined;
    this.prepare();
  }

  /** Where a point is meant to be that the pointer shows at this scale. */
  place(point: Point, scale: number, picture: Size): Point {
    const reach = Math.min(REACH / scale, FARTHEST);
    const pixels = this.isOn ? this.read(snap(point, picture), marginOf(reach), picture) : undefined;
    return pixels ? snapToEdges(pixels, point, reach) : point;
  }

  private turn(isOn: boolean): void {
    this.isWanted = isOn;
    this.changed();
    this.prepare();
  }

  /** The first piece takes as long as a very large picture takes to be decoded: before anybody draws, not while they do. */
  private prepare(): void {
    if (!this.isOn || !this.picture) return;
    setTimeout(() => this.isOn && this.picture && this.read(centre({ left: 0, top: 0, ...this.picture }), 0, this.picture));
  }

  private read(middle: Point, margin: number, picture: Size): Pixels | undefined {
    const image = this.image();
    if (!image || !this.context) return undefined;
    if (this.source !== image.src) this.piece = undefined;
    this.source = image.src;
    const around = (place: number, size: number): [number, number] => [Math.max(place - margin, 0), Math.min(place + margin, size)];
    const [[left, right], [top, bottom]] = [around(middle.x, picture.width), around(middle.y, picture.height)];
    const { piece } = this;
    const isThere = piece && left >= piece.left && top >= piece.top && right <= piece.left + piece.width && bottom <= piece.top + piece.height;
    if (!isThere) this.piece = this.cut(image, middle, picture);
    return this.piece;
  }

  private cut(image: HTMLImageElement, { x, y }: Point, picture: Size): Pixels | undefined {
    const context = this.context as CanvasRenderingContext2D;
    const [width, height] = [Math.min(PIECE, picture.width), Math.min(PIECE, picture.height)];
    const left = clamp(Math.round(x - width / 2), 0, picture.width - width);
    const top = clamp(Math.round(y - height / 2), 0, picture.height - height);
    try {
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      // Beside the picture, because only there `image-orientation: none` holds for it.
      image.after(context.canvas);
      // As large as its pixels as they are stored: the natural size follows what the file says of orientation and resolution.
      context.drawImage(image, -left, -top, picture.width, picture.height);
      return { left, top, width, height, data: context.getImageData(0, 0, width, height).data };
    } catch {
      this.obstacle = 'the pixels of this picture may not be read';
      // What has been drawn upon with them gives nothing of other pictures either.
      this.context = pieceContext();
      this.changed();
      return undefined;
    } finally {
      context.canvas.remove();
    }
  }
}

/** The gesture that `begin` answers, with what it places snapped; a press that hardly moves stays a click. */
export function snapped(press: Press, placing: Placing, place: (point: Point) => Point, begin: (press: Press) => Gesture | undefined): Gesture | undefined {
  const start = placing === 'handle' ? press.point : place(press.point);
  // Whether a press ends a path is asked of where it is.
  const gesture = begin(placing === 'vertex' ? press : { ...press, point: start });
  let isMoved = false;
  return (
    gesture && {
      move(to) {
        isMoved ||= distance(press.point, to) >= press.slop;
        gesture.move(isMoved ? place(to) : start);
      },
      end: () => gesture.end(),
      cancel: () => gesture.cancel(),
    }
  );
}
