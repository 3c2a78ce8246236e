/** What an `initial-value` says of a mask: where it is, and what its colours mean. Knows no DOM. */
import { AttributeError, readObject } from '../base/json-attributes.ts';
import { isJsonObject } from '../base/json-object.ts';
import { colorNumber } from './colors.ts';
import { MOST_REGIONS, type Mask } from './mask.ts';
import { TRANSPARENT } from './png/read.ts';
import { readRegions, type GivenRegion, type RasterKind, type Region } from './raster-kind.ts';

export type GivenMask = {
  /** The address of the mask's picture; empty where the attribute has none. */
  readonly source: string;
  readonly regions: readonly GivenRegion[];
};

const KEYS = ['labelMappings', 'instances', 'internal-color-map'];

/** Undefined where nothing was given. An earlier answer, with its picture inside, is read like an address and its colours. */
export function readGiven(text: string, kind: RasterKind): { given: GivenMask | undefined; length: number; errors: readonly string[] } {
  const value = readObject('initial-value', text);
  if (value === undefined) return { given: undefined, length: 0, errors: [] };
  const key = [kind.answerKey, ...KEYS].find((name) => name in value);
  if (key === undefined) throw new AttributeError(`The attribute initial-value must be an object with "src" and "${kind.answerKey}"`);
  const { values, errors, length } = readRegions(value[key]);
  if (values.length > MOST_REGIONS) throw new AttributeError(`The attribute initial-value has more than ${MOST_REGIONS} regions`);
  return { given: { source: sourceOf(value), regions: values }, length, errors };
}

function sourceOf({ src, labeledImage }: ReturnType<typeof readObject> & object): string {
  if (typeof src === 'string') return src;
  const inside = isJsonObject(labeledImage) ? labeledImage?.pngImageData : undefined;
  return typeof inside === 'string' && inside !== '' ? `data:image/png;base64,${inside}` : '';
}

/** Writes rows of colours into a mask as rows of regions, and counts the pixels of colours that mean nothing. */
export class ColorRows {
  strange = 0;
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly mask: Mask,
    regions: readonly Region[],
  ) {
    for (const empty of [TRANSPARENT, 0xffffff, 0]) this.numbers.set(empty, 0);
    // Of regions of one colour the first one has the pixels.
    for (const [index, { color }] of [...regions.entries()].reverse()) this.numbers.set(colorNumber(color) as number, index + 1);
  }

  readonly take = (row: number, colors: Int32Array): void => {
    const { cells, width } = this.mask;
    let [last, region] = [TRANSPARENT, this.numbers.get(TRANSPARENT)];
    for (let column = 0; column < width; column++) {
      const color = colors[column] as number;
      if (color !== last) [last, region] = [color, this.numbers.get(color)];
      if (region === undefined) this.strange += 1;
      else cells[row * width + column] = region;
    }
  };
}
