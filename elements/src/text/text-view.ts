/**
 * A text with spans in the page: what is drawn of it, and where in it something is on screen. Units are UTF-16.
 *
 * The text is laid out in blocks, of which only those are drawn anew whose spans have changed (decision 36).
 */
import { blockAt } from './blocks.ts';
import { isRightToLeft } from './extent.ts';
import { byBlock, lanesOf, piecesOf, type Drawn, type Piece } from './pieces.ts';
import { elementOf, removeButton } from './piece-element.ts';
import type { Range as Extent } from './source-text.ts';

type Point = { readonly x: number; readonly y: number };

/** A line of text is so high and holds so many characters, roughly: the room of a block that was never in sight. */
const LINE = { height: 32, characters: 90 };

const isSame = (a: Drawn, b: Drawn | undefined): boolean =>
  a.id === b?.id && a.start === b.start && a.end === b.end && a.lane === b.lane && a.color === b.color && a.short === b.short;

const areSame = (spans: readonly Drawn[], drawn: readonly Drawn[] | undefined): boolean =>
  spans === drawn || (spans.length === drawn?.length && spans.every((span, index) => isSame(span, drawn[index])));

/** How far a point lies from a box; a line above or below is farther than anything on the line. */
const distance = ({ left, right, top, bottom }: DOMRect, { x, y }: Point): number =>
  Math.max(left - x, 0, x - right) + 10_000 * Math.max(top - y, 0, y - bottom);

/** A block in the page, with what it was drawn with. */
type Block = Extent & { readonly element: HTMLElement; spans: readonly Drawn[]; drawn: readonly Drawn[] | undefined; marks: string };

export class TextView {
  private text = '';
  private blocks: readonly Block[] = [];
  /** Where in the text each of its nodes begins. */
  private readonly starts = new WeakMap<Node, number>();

  /** `noun` is what a span is called; `remove` is called by the button on the tag of the selected one. */
  constructor(
    readonly container: HTMLElement,
    private readonly noun: string,
    private readonly remove: () => void,
  ) {}

  setText(text: string, blocks: readonly Extent[]): void {
    this.text = text;
    this.blocks = blocks.map(({ start, end }) => {
      const element = document.createElement('div');
      element.className = 'block';
      const lines = text.slice(start, end).split('\n').reduce((sum, line) => sum + Math.max(Math.ceil(line.length / LINE.characters), 1), 0);
      element.style.containIntrinsicSize = `auto ${lines * LINE.height}px`;
      return { start, end, element, spans: [], drawn: undefined, marks: '' };
    });
    this.container.replaceChildren(...this.blocks.map(({ element }) => element));
  }

  /** Other spans; {@link draw} draws them. */
  setSpans(spans: readonly Omit<Drawn, 'lane'>[]): void {
    const inBlocks = byBlock(this.blocks, lanesOf(spans));
    for (const [position, block] of this.blocks.entries()) block.spans = inBlocks[position] as Drawn[];
  }

  draw(selected: number | undefined, highlighted: Extent | undefined): void {
    for (const block of this.blocks) this.drawBlock(block, highlighted);
    this.showSelected(selected);
  }

  private drawBlock(block: Block, highlighted: Extent | undefined): void {
    const { start, end, element, spans } = block;
    const marked = highlighted && highlighted.start < end && highlighted.end > start ? highlighted : undefined;
    const marks = marked ? `${marked.start}-${marked.end}` : '';
    if (marks === block.marks && areSame(spans, block.drawn)) return;
    block.drawn = spans;
    block.marks = marks;
    const pieces = piecesOf(block, spans, marked ? [marked.start, marked.end] : []);
    element.replaceChildren(...pieces.map((piece) => this.nodeOf(piece, marked !== undefined && piece.start >= marked.start && piece.end <= marked.end)));
  }

  private nodeOf(piece: Piece, isHighlighted: boolean): Node {
    const node = document.createTextNode(this.text.slice(piece.start, piece.end));
    this.starts.set(node, piece.start);
    return piece.covers.length === 0 && !isHighlighted ? node : elementOf(piece, node, isHighlighted);
  }

  private showSelected(id: number | undefined): void {
    for (const element of this.container.querySelectorAll('.selected')) element.classList.remove('selected');
    this.container.querySelector('.remove')?.remove();
    if (id === undefined) return;
    for (const element of this.container.querySelectorAll(`[data-spans~="${id}"]`)) element.classList.add('selected');
    const tag = this.container.querySelector(`.tag[data-span="${id}"]`);
    tag?.classList.add('selected');
    tag?.append(removeButton(this.noun, this.remove));
  }

  // Places

  private nodesIn(block: Block): Text[] {
    const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT, this.onlyText);
    const nodes: Text[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    return nodes;
  }

  private readonly onlyText = (node: Node): number => (this.starts.has(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);

  /** The unit of the text at a boundary in the page, which may lie in a tag or between blocks. */
  unitOf(node: Node, offset: number): number {
    const start = this.starts.get(node);
    if (start !== undefined) return start + offset;
    const walker = document.createTreeWalker(this.container, NodeFilter.SHOW_TEXT, this.onlyText);
    const child = node.childNodes[offset];
    if (child) {
      const here = this.starts.get(child);
      if (here !== undefined) return here;
      walker.currentNode = child;
    } else walker.currentNode = lastIn(node);
    const next = walker.nextNode();
    return next ? (this.starts.get(next) as number) : this.text.length;
  }

  /** What lies in a range, as the page has it. */
  domRange({ start, end }: Extent): Range {
    const range = document.createRange();
    range.setStart(...this.boundary(start, (unit, nodeEnd) => unit < nodeEnd));
    range.setEnd(...this.boundary(end, (unit, nodeEnd) => unit <= nodeEnd));
    return range;
  }

  private boundary(unit: number, fits: (unit: number, nodeEnd: number) => boolean): [Node, number] {
    const position = blockAt(this.blocks, unit);
    const blocks = this.blocks.slice(Math.max(position - 1, 0), position + 1);
    const nodes = blocks.flatMap((block) => this.nodesIn(block));
    const node = nodes.find((candidate) => fits(unit, this.startOf(candidate) + candidate.length)) ?? nodes.at(-1);
    return node ? [node, Math.min(Math.max(unit - this.startOf(node), 0), node.length)] : [this.container, 0];
  }

  private startOf(node: Text): number {
    return this.starts.get(node) as number;
  }

  /** The place in the text that is nearest to a point on screen. */
  unitAt(point: Point): number {
    const nearest = { distance: Infinity, unit: 0 };
    for (const node of this.nodesIn(this.blockNear(point.y))) this.search(node, 0, node.length, point, nearest);
    return nearest.unit;
  }

  private blockNear(y: number): Block {
    const { blocks } = this;
    let [low, high] = [0, blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((blocks[middle] as Block).element.getBoundingClientRect().top <= y) low = middle;
      else high = middle - 1;
    }
    return blocks[low] as Block;
  }

  /** Halves a node until the character that is nearest is found; what is farther than that is not looked into. */
  private search(node: Text, from: number, to: number, point: Point, nearest: { distance: number; unit: number }): void {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const rects = [...range.getClientRects()];
    const away = Math.min(...rects.map((rect) => distance(rect, point)));
    if (away >= nearest.distance) return;
    if (to - from === 1) {
      const { left = 0, width = 0 } = rects[0] ?? {};
      const isBehind = point.x > left + width / 2 !== isRightToLeft(node.data[from] ?? '');
      nearest.distance = away;
      nearest.unit = this.startOf(node) + (isBehind && node.data[from] !== '\n' ? to : from);
      return;
    }
    const middle = (from + to) >> 1;
    this.search(node, from, middle, point, nearest);
    this.search(node, middle, to, point, nearest);
  }

  /** What the worker has selected with the browser's own means. */
  get selection(): Extent | undefined {
    const range = browserSelection(this.container.getRootNode());
    if (!range || range.collapsed || !this.container.contains(range.startContainer) || !this.container.contains(range.endContainer)) return undefined;
    return { start: this.unitOf(range.startContainer, range.startOffset), end: this.unitOf(range.endContainer, range.endOffset) };
  }

  /** Scrolls as little as is needed to see a range. */
  reveal(extent: Extent): void {
    const { top, bottom } = this.domRange(extent).getBoundingClientRect();
    const outer = this.container.getBoundingClientRect();
    const [above, below] = [outer.top + LINE.height, outer.bottom - LINE.height];
    if (top < above) this.container.scrollTop -= above - top;
    else if (bottom > below) this.container.scrollTop += Math.min(bottom - below, top - above);
  }
}

function lastIn(node: Node): Node {
  let last = node;
  while (last.lastChild) last = last.lastChild;
  return last;
}

/**
 * The selection in a shadow root: Chromium asks the root for it, newer browsers ask the page's with the roots that may be
 * looked into, and in older ones the page's reaches into all of them.
 */
function browserSelection(root: Node): AbstractRange | undefined {
  const own = root as { getSelection?(): Selection | null };
  const selection = own.getSelection ? own.getSelection() : document.getSelection();
  if (!selection || selection.rangeCount === 0) return undefined;
  if (own.getSelection || !selection.getComposedRanges) return selection.getRangeAt(0);
  return selection.getComposedRanges({ shadowRoots: [root as ShadowRoot] })[0];
}
