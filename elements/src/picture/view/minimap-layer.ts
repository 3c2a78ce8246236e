/** The small map over a picture that is larger than the screen: a drag or a click on it moves the picture. */
import { css, html, type TemplateResult } from 'lit';
import { capture } from '../../base/capture.ts';
import { centre, contains, type Point, type Rect, type Size } from '../../base/geometry.ts';
import { icon } from '../../base/icons.ts';
import { frameOn, freeCorner, fromMap, isOfUse, mapSize, placeOf, type Corner } from './minimap.ts';
import type { Viewport } from './viewport.ts';

export const minimapStyles = css`
  .minimap {
    background: white;
    cursor: pointer;
    forced-color-adjust: none;
    outline: 1px solid rgb(0 0 0 / 60%);
    box-shadow: 0 0 0 2px rgb(255 255 255 / 70%), 0 2px 12px rgb(0 0 0 / 40%);
    overflow: hidden;
    position: absolute;
    touch-action: none;
    user-select: none;
  }

  .minimap[hidden] {
    display: none;
  }

  .minimap > img {
    display: block;
    height: 100%;
    image-orientation: none;
    pointer-events: none;
    width: 100%;
  }

  /* All around it is darker, so that it is seen on any picture. */
  .minimap > .frame {
    box-shadow: 0 0 0 999px rgb(0 0 0 / 35%);
    outline: 2px solid white;
    pointer-events: none;
    position: absolute;
  }

  .minimap > button {
    align-items: center;
    background: rgb(20 22 28 / 75%);
    border: 0;
    border-end-start-radius: var(--radius);
    color: white;
    cursor: pointer;
    display: flex;
    height: 24px;
    justify-content: center;
    padding: 0;
    position: absolute;
    right: 0;
    top: 0;
    width: 24px;
  }

  .minimap > button:hover {
    background: black;
  }

  .minimap > button:focus-visible {
    outline: 2px solid white;
    outline-offset: -3px;
  }

  .minimap > button > svg {
    fill: none;
    height: 14px;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-width: 2;
    width: 14px;
  }
`;

export const minimapView = (close: () => void): TemplateResult => html`
  <div class="minimap" role="group" aria-label="Overview of the picture" data-looks hidden>
    <img alt="" draggable="false" decoding="async" />
    <div class="frame"></div>
    <button type="button" title="Close the overview" aria-label="Close the overview" @click=${close}>${icon('close')}</button>
  </div>
`;

/** What of the picture is on screen, for the map. */
export type Seen = { readonly view: Viewport; readonly picture: Size; readonly screen: Size };

/** So near to the map a pointer that works makes it go, in screen pixels. */
const NEAR = 48;

export class MinimapLayer {
  private readonly frame: HTMLElement;
  private corner: Corner = 'bottom-right';
  private seen: Seen | undefined;
  /** Where in the frame it was taken hold of, as the way from the frame's middle. */
  private grip: Point | undefined;

  /** `lookAt` brings a point of the picture to the middle of the screen. */
  constructor(
    private readonly element: HTMLElement,
    private readonly lookAt: (point: Point) => void,
  ) {
    this.frame = element.querySelector('.frame') as HTMLElement;
    element.addEventListener('pointerdown', this.onDown);
    element.addEventListener('pointermove', this.onMove);
    for (const kind of ['pointerup', 'pointercancel'] as const) element.addEventListener(kind, () => (this.grip = undefined));
  }

  /** Shows what is seen of the picture now; undefined where there should be no map. */
  show(seen: Seen | undefined): void {
    this.seen = seen && isOfUse(seen.view, seen.picture, seen.screen) ? seen : undefined;
    this.element.hidden = !this.seen;
    this.lay();
  }

  /** Goes out of the way of what somebody is at, which lies here on screen. */
  keepClear(busy: Rect): void {
    if (!this.seen || this.grip) return;
    const { picture, screen } = this.seen;
    const corner = freeCorner(this.corner, mapSize(picture, screen), screen, grown(busy));
    if (corner === this.corner) return;
    this.corner = corner;
    this.lay();
  }

  private lay(): void {
    if (!this.seen) return;
    const { view, picture, screen } = this.seen;
    const map = mapSize(picture, screen);
    put(this.element, placeOf(this.corner, map, screen));
    put(this.frame, frameOn(map, view, picture, screen));
    this.element.dataset.corner = this.corner;
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (!this.seen || event.button !== 0 || (event.target as Element).closest('button')) return;
    const { view, picture, screen } = this.seen;
    const at = this.place(event);
    const frame = frameOn(mapSize(picture, screen), view, picture, screen);
    const middle = centre(frame);
    this.grip = contains(frame, at) ? { x: at.x - middle.x, y: at.y - middle.y } : { x: 0, y: 0 };
    capture(this.element, event);
    if (!contains(frame, at)) this.follow(at);
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (this.grip) this.follow(this.place(event));
  };

  private follow({ x, y }: Point): void {
    if (!this.seen || !this.grip) return;
    const { picture, screen } = this.seen;
    this.lookAt(fromMap(mapSize(picture, screen), { x: x - this.grip.x, y: y - this.grip.y }, picture));
  }

  private place(event: PointerEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}

const grown = ({ left, top, width, height }: Rect): Rect => ({ left: left - NEAR, top: top - NEAR, width: width + 2 * NEAR, height: height + 2 * NEAR });

const put = ({ style }: HTMLElement, { left, top, width, height }: Rect): void => {
  Object.assign(style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
};
