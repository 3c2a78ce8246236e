/** Where the keyboard stops in a text: at words, or at characters as people see them. Knows no DOM. */
import { blockAt } from './blocks.ts';
import type { Range } from './source-text.ts';

/** Browsers without a segmenter (Firefox before 125) find words by their letters, and characters by code points. */
const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’.][\p{L}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}_]/gu;
const CHARACTER = /\P{M}\p{M}*|\p{M}/gu;

export type Unit = 'word' | 'character';

const hasSegmenter = 'Segmenter' in Intl;
const segmenters = new Map<Unit, Intl.Segmenter>();

function segmenterFor(unit: Unit): Intl.Segmenter {
  let segmenter = segmenters.get(unit);
  if (segmenter === undefined) segmenters.set(unit, (segmenter = new Intl.Segmenter(undefined, { granularity: unit === 'word' ? 'word' : 'grapheme' })));
  return segmenter;
}

/** The words of a text, signs among them and white space not; or its characters. */
export function segmentsOf(text: string, unit: Unit): Range[] {
  const segments = hasSegmenter
    ? [...segmenterFor(unit).segment(text)].map(({ index, segment }) => ({ index, segment }))
    : [...text.matchAll(unit === 'word' ? WORD : CHARACTER)].map(({ index, 0: segment }) => ({ index, segment }));
  return segments
    .filter(({ segment }) => unit === 'character' || segment.trim() !== '')
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/** The stops of one kind in a text; each block is looked through when somebody comes there. */
export class Stops {
  private readonly found = new Map<number, readonly Range[]>();

  constructor(
    private readonly text: string,
    private readonly blocks: readonly Range[],
    private readonly unit: Unit,
  ) {}

  private inBlock(position: number): readonly Range[] {
    let segments = this.found.get(position);
    if (segments === undefined) {
      const { start, end } = this.blocks[position] as Range;
      segments = segmentsOf(this.text.slice(start, end), this.unit).map((segment) => ({ start: segment.start + start, end: segment.end + start }));
      this.found.set(position, segments);
    }
    return segments;
  }

  /** The first segment from the block of `unit` on that fits; or the last one up to there. */
  private find(unit: number, step: 1 | -1, fits: (segment: Range) => boolean): Range | undefined {
    for (let position = blockAt(this.blocks, unit); position >= 0 && position < this.blocks.length; position += step) {
      const segments = this.inBlock(position);
      const segment = step === 1 ? segments.find(fits) : segments.findLast(fits);
      if (segment !== undefined) return segment;
    }
    return undefined;
  }

  /** The segment that begins at `unit` or after it. */
  after(unit: number): Range | undefined {
    return this.find(unit, 1, ({ start }) => start >= unit);
  }

  /** The segment that ends at `unit` or before it. */
  before(unit: number): Range | undefined {
    return this.find(unit, -1, ({ end }) => end <= unit);
  }

  /** The segment around `unit`, else the next one, else the one before. */
  at(unit: number): Range | undefined {
    return this.find(unit, 1, ({ end }) => end > unit) ?? this.before(unit);
  }

  /** The next end of a segment, in this direction. */
  end(unit: number, step: 1 | -1): number | undefined {
    return this.find(unit, step, ({ end }) => (step === 1 ? end > unit : end < unit))?.end;
  }

  /** The next beginning of a segment, in this direction. */
  start(unit: number, step: 1 | -1): number | undefined {
    return this.find(unit, step, ({ start }) => (step === 1 ? start > unit : start < unit))?.start;
  }
}
