/** The way of paths to be drawn: see `trace.ts`. Knows no DOM. */
import { withArticle } from '../../base/article.ts';
import { centre, snap, type Point, type Rect, type Size } from '../../base/geometry.ts';
import type { Drawing } from './drawing.ts';
import type { Gesture, Press } from '../pointing/gestures.ts';
import type { Path, PathGeometry } from '../shapes/path.ts';
import type { Shapes } from '../shapes.ts';
import { Trace } from './trace.ts';

export class PathDrawing implements Drawing<Path> {
  readonly press = 'click';
  readonly byClick = true;
  readonly effect;
  readonly insertion;

  constructor(
    private readonly geometry: PathGeometry,
    private readonly singular: string,
  ) {
    this.effect = `Draw: every click puts a vertex of ${withArticle(singular)}, a drag puts it where it ends`;
    this.insertion = `Begin ${withArticle(singular)} in the middle; then arrow keys move its next vertex, and N puts it`;
  }

  begin(press: Press, shapes: Shapes<Path>, picture: Size, clicked: () => void): Gesture {
    if (shapes.labels.active === '') return { move() {}, end: clicked, cancel() {} };
    return this.start([snap(press.point, picture)], shapes).begun(press, picture);
  }

  insert(seen: Rect, shapes: Shapes<Path>, picture: Size): void {
    if (shapes.unfinished) shapes.unfinished.put?.();
    else if (shapes.labels.active !== '') this.start([snap(centre(seen), picture)], shapes);
  }

  resume(vertices: readonly Point[], shapes: Shapes<Path>): void {
    this.start(vertices, shapes);
  }

  private start(vertices: readonly Point[], shapes: Shapes<Path>): Trace {
    const trace = new Trace(shapes, this.geometry, this.singular, vertices);
    shapes.begin(trace);
    return trace;
  }
}
