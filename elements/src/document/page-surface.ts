/** A page on screen with the boxes of its fields and words: a click goes to a field, and a drag moves the box of the one selected. */
import { contains, distance, area, type Point, type Rect, type Size } from '../base/geometry.ts';
import type { Gesture } from '../picture/pointing/gestures.ts';
import { PictureSurface, type Parts } from '../picture/view/picture-surface.ts';
import { grabbed } from '../picture/shapes/handle-places.ts';
import { BOX, growBox, type Box } from '../picture/shapes/box.ts';
import { toParts, toPixels } from './box.ts';
import type { Field, Fields, Part } from './fields.ts';
import { PagePainter } from './page-painter.ts';

/** A press that moves less than this, in screen pixels, is a click. */
const SLOP = 4;

type Place = { readonly position: number; readonly rect: Rect };

type Options = {
  readonly fields: Fields;
  /** The page that is shown, and of how many. */
  readonly page: () => { readonly number: number; readonly count: number };
  readonly mayMove: () => boolean;
  /** A field was clicked. */
  readonly pick: (position: number) => void;
  readonly changed: () => void;
  readonly appeared: () => void;
};

export class PageSurface extends PictureSurface {
  private readonly painter: PagePainter;
  /** The box in the middle of a drag, in pixels of the page. */
  private preview: { readonly part: Part; readonly rect: Rect } | undefined;
  private hovered: number | undefined;
  /** The box is being moved by keys. */
  private isByKeys = false;

  constructor(private readonly options: Options) {
    super(options.changed, options.appeared);
    this.painter = new PagePainter(() => {
      if (!this.picture) return undefined;
      const { fields, page, mayMove } = this.options;
      return {
        view: this.view,
        size: this.picture,
        screen: this.screen,
        fields,
        isShown: (block) => onPage(block.page, page()),
        hovered: this.hovered,
        preview: this.preview,
        // Over a word they would hide it: they come with the pointer, and with keys that move the box.
        handles: mayMove() && fields.selected && (this.hovered === fields.selection || this.isByKeys) ? this.boxOf(fields.selected, fields.part) : undefined,
      };
    });
  }

  override attach(parts: Parts): void {
    this.painter.attach(parts.resting[0], parts.front);
    super.attach(parts);
  }

  /** The fields changed. */
  refresh(): void {
    this.painter.refresh();
  }

  /** Brings the boxes of a field on screen. */
  reveal(field: Field): void {
    this.isByKeys = false;
    for (const part of ['key', 'value'] as const) {
      const rect = this.boxOf(field, part);
      if (rect) this.revealRect(rect);
    }
  }

  /** Moves the chosen box of the selected field by pixels, or makes it larger. */
  nudge(dx: number, dy: number, grows: boolean): void {
    const { fields, mayMove } = this.options;
    const { selected, selection, part } = fields;
    const rect = selected && this.boxOf(selected, part);
    if (!this.picture || !mayMove() || !rect || selection === undefined) return;
    const change = grows ? growBox : BOX.move;
    const moved = change(asBox(rect), dx, dy, this.picture);
    this.isByKeys = true;
    fields.moveBox(selection, part, toParts(moved, this.picture), `${grows ? 'grow' : 'move'} ${part}`);
  }

  press(point: Point, { reach }: { reach: number }): Gesture | undefined {
    const { picture } = this;
    if (!picture) return undefined;
    const at = this.toPicture(point);
    return this.drag(at, reach / this.view.scale, picture) ?? this.click(at, reach / this.view.scale);
  }

  hover(point: Point | undefined, reach: number): void {
    const { parts, picture } = this;
    if (!parts || !picture) return;
    const at = point && this.toPicture(point);
    const near = reach / this.view.scale;
    this.hovered = at && this.at(at, near)?.position;
    const handle = at && this.grip(at, near);
    const cursor = handle ?? (this.hovered === undefined ? 'grab' : 'pointer');
    parts.surface.style.cursor = this.pointer?.panning ? 'grab' : cursor;
    this.painter.refreshFront();
  }

  protected override repaint(): void {
    this.painter.refresh();
  }

  private boxOf(field: Field, part: Part): Rect | undefined {
    const box = part === 'key' ? field.keyBox : field.valueBox;
    return box && this.picture && onPage(field.source.page, this.options.page()) ? toPixels(box, this.picture) : undefined;
  }

  /** The field whose box lies under the point, the smallest first. */
  private at(point: Point, reach: number): Place | undefined {
    return this.options.fields.all
      .flatMap((field, position) => [this.boxOf(field, 'value'), this.boxOf(field, 'key')].map((rect) => ({ position, rect })))
      .filter((place): place is Place => place.rect !== undefined && contains(place.rect, point, reach / 2))
      .reduce<Place | undefined>((least, place) => (least && area(least.rect) <= area(place.rect) ? least : place), undefined);
  }

  /** A box of the selected field that a drag would move or change, with the pointer that says so. */
  private grip(point: Point, reach: number): string | undefined {
    const { selected } = this.options.fields;
    if (!selected || !this.options.mayMove()) return undefined;
    for (const part of ['value', 'key'] as const) {
      const rect = this.boxOf(selected, part);
      if (!rect) continue;
      const handle = BOX.handleAt(asBox(rect), point, reach, this.view.scale);
      if (handle) return handle.cursor;
      if (contains(rect, point)) return 'move';
    }
    return undefined;
  }

  private drag(from: Point, reach: number, picture: Size): Gesture | undefined {
    const { fields, mayMove } = this.options;
    const { selected, selection } = fields;
    if (!selected || selection === undefined || !mayMove()) return undefined;
    for (const part of ['value', 'key'] as const) {
      const rect = this.boxOf(selected, part);
      const handle = rect && BOX.handleAt(asBox(rect), from, reach, this.view.scale);
      if (rect && (handle || contains(rect, from))) {
        const box = asBox(rect);
        const moved = (to: Point): Rect => (handle ? BOX.moveHandle(box, handle, grabbed(handle, from, to), picture) : BOX.move(box, to.x - from.x, to.y - from.y, picture)) ?? box;
        return this.change(part, from, moved, (changed) => fields.moveBox(selection, part, toParts(changed, picture)), () => this.click(from, reach)?.end());
      }
    }
    return undefined;
  }

  private change(part: Part, from: Point, moved: (to: Point) => Rect, done: (rect: Rect) => void, clicked: () => void): Gesture {
    const slop = SLOP / this.view.scale;
    const show = (rect: Rect | undefined): void => {
      this.preview = rect && { part, rect };
      this.painter.refreshFront();
    };
    return {
      move: (to) => {
        if (this.preview || distance(from, to) >= slop) show(moved(to));
      },
      end: () => {
        const { preview } = this;
        show(undefined);
        if (preview) done(preview.rect);
        else clicked();
      },
      cancel: () => show(undefined),
    };
  }

  /** A press on a field that goes nowhere selects it; anywhere else, a drag moves the page. */
  private click(from: Point, reach: number): Gesture | undefined {
    const place = this.at(from, reach);
    if (!place) return undefined;
    const slop = SLOP / this.view.scale;
    let isClick = true;
    return {
      move: (to) => {
        isClick &&= distance(from, to) < slop;
      },
      end: () => {
        if (isClick) this.options.pick(place.position);
      },
      cancel: () => {},
    };
  }
}

/** All of a document of one page is on it, whatever page of a larger one it was cut out of. */
export const onPage = (page: number, shown: { readonly number: number; readonly count: number }): boolean => shown.count === 1 || page === shown.number;

const asBox = (rect: Rect): Box => ({ id: 0, label: '', ...rect });
