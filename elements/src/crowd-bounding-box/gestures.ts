/** What a pressed pointer does to boxes: draw one, move one, resize one, or, without movement, select one. Knows no DOM. */
import type { Annotations } from '../annotation/model/annotations.ts';
import { between, contains, distance, moveRect, snap, snapRect, type Point, type Rect, type Size } from '../annotation/model/geometry.ts';
import type { Gesture, Hover, Press } from '../annotation/shape-kind.ts';
import { boxesAt, cursorFor, handleAt, resize, type Box } from './box.ts';

type Boxes = Annotations<Box>;

export class BoxGestures {
  private lastClick: Point | undefined;

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press, boxes: Boxes, picture: Size): Gesture | undefined {
    const { selected } = boxes;
    const select = (): void => this.select(press, boxes);
    if (selected && !press.force) {
      const handle = handleAt(selected, press.point, press.reach);
      if (handle) return this.change(selected, press, boxes, (to) => resize(selected, handle, to, picture), select);
      if (contains(selected, press.point)) return this.move(selected, press, boxes, picture, select);
    }
    if (boxes.mode === 'draw' || press.force) return this.draw(press, boxes, picture, select);
    select();
    return boxes.selected && this.move(boxes.selected, press, boxes, picture, () => {});
  }

  hover(point: Point, reach: number, boxes: Boxes): Hover {
    const { selected } = boxes;
    const handle = selected && handleAt(selected, point, reach);
    if (handle) return { id: selected.id, cursor: cursorFor(handle) };
    if (selected && contains(selected, point)) return { id: selected.id, cursor: 'move' };
    const id = boxesAt(boxes.visible, point, reach / 2)[0]?.id;
    return { id, cursor: boxes.mode === 'draw' ? 'crosshair' : id === undefined ? 'grab' : 'pointer' };
  }

  /** Selects the smallest box under the pointer; clicked again at the same place, the next larger one. */
  private select(press: Press, boxes: Boxes): void {
    const under = boxesAt(boxes.visible, press.point, press.reach / 2);
    const isRepeat = this.lastClick !== undefined && distance(this.lastClick, press.point) < press.slop;
    const at = isRepeat ? under.findIndex((box) => box.id === boxes.selected?.id) : -1;
    this.lastClick = press.point;
    boxes.select(under[(at + 1) % Math.max(under.length, 1)]?.id);
    boxes.notify();
  }

  private move(box: Box, press: Press, boxes: Boxes, picture: Size, clicked: () => void): Gesture {
    const moved = (to: Point): Rect => moveRect(box, to.x - press.point.x, to.y - press.point.y, picture);
    return this.change(box, press, boxes, moved, clicked);
  }

  /** Shows a changed copy of the box while the pointer moves, and commits it at the end. */
  private change(box: Box, press: Press, boxes: Boxes, changed: (to: Point) => Rect, clicked: () => void): Gesture {
    return {
      move(to) {
        if (boxes.preview || distance(press.point, to) >= press.slop) boxes.show({ ...box, ...changed(to) });
      },
      end() {
        const { preview } = boxes;
        boxes.show(undefined);
        if (preview) boxes.replace(preview);
        else clicked();
      },
      cancel: () => boxes.show(undefined),
    };
  }

  private draw(press: Press, boxes: Boxes, picture: Size, clicked: () => void): Gesture {
    const id = boxes.newId();
    // What is smaller on screen than a shaky click is not meant to be a box.
    const smallest = Math.max(press.slop, 1);
    return {
      move(to) {
        if (boxes.activeLabel === '' || (!boxes.preview && distance(press.point, to) < press.slop)) return;
        boxes.select(undefined);
        boxes.show({ id, label: boxes.activeLabel, ...between(snap(press.point, picture), snap(to, picture)) });
      },
      end() {
        const { preview } = boxes;
        boxes.show(undefined);
        if (!preview) clicked();
        else if (preview.width >= smallest && preview.height >= smallest) boxes.add({ ...preview, ...snapRect(preview, picture) });
      },
      cancel: () => boxes.show(undefined),
    };
  }
}
