/** A look at one thing on the picture, as large as it can be worked on, and the way back. Knows no DOM. */
import type { Rect, Size } from '../../base/geometry.ts';
import { fit, focus, type Viewport } from './viewport.ts';

/** What is to be looked at: selected, or only under the pointer. */
export type Target = { readonly id: number; readonly rect: Rect; readonly isSelected: boolean };

/** How much of the screen it takes, and how large a pixel of the picture gets at most. */
const SHARE = 0.4;
const MOST = 16;
/** A point has no size: it is shown so many times larger than a picture that fits. */
const POINT = 4;

export class CloserLook<V> {
  private way: { readonly back: V; readonly id: number; readonly view: Viewport } | undefined;

  /** Is there a way back? */
  get isCloser(): boolean {
    return this.way !== undefined;
  }

  /**
   * Back to where the look began, if it is still at this target. Whatever only came under the pointer as the picture moved is no other
   * one; what was selected since is.
   */
  back(target: Target | undefined, view: Viewport): V | undefined {
    const { way } = this;
    const isElsewhere = target !== undefined && target.id !== way?.id && (target.isSelected || !sameView(view, way?.view));
    if (!way || isElsewhere) return undefined;
    this.way = undefined;
    return way.back;
  }

  /** The view of a target; from a look at another one, the way back stays where it led. */
  at({ id, rect }: Target, now: V, picture: Size, screen: Size): Viewport {
    const view = closeUp(rect, picture, screen);
    this.way = { back: this.way?.back ?? now, id, view };
    return view;
  }

  /** The worker went elsewhere by other means. */
  forget(): void {
    this.way = undefined;
  }
}

function closeUp(rect: Rect, picture: Size, screen: Size): Viewport {
  const isPoint = rect.width === 0 && rect.height === 0;
  const most = isPoint ? Math.min(POINT * fit(picture, screen).scale, MOST) : MOST;
  return focus(rect, SHARE, picture, screen, most);
}

const sameView = (a: Viewport, b: Viewport | undefined): boolean => a.scale === b?.scale && a.x === b.x && a.y === b.y;
