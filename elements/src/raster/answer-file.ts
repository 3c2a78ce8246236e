/** The answer of a mask: its picture, and what the colours in it mean (`a2i-facts/crowd-elements/image-annotation.md`). */
import type { JsonObject } from '../base/json-object.ts';
import { sorted } from '../base/sorted.ts';
import { rgbaOf } from './colors.ts';
import { sameRegions, type Moment } from './moment.ts';
import { toBase64 } from './png/base64.ts';
import { BLANK, PngWriter } from './png/write.ts';
import type { RasterKind, Region } from './raster-kind.ts';
import type { Segmentation } from './segmentation.ts';

type Answered = { readonly moment: Moment; readonly regions: readonly Region[]; readonly isModified: boolean | undefined; readonly width: number; readonly value: JsonObject };

export class AnswerFile {
  private readonly writer = new PngWriter();
  private answered: Answered | undefined;

  constructor(
    private readonly kind: RasterKind,
    private readonly work: Segmentation,
  ) {}

  /** The same object until the answer changes, so that a script may add to it. */
  get value(): JsonObject {
    const { moment, mask, initial } = this.work;
    const regions = this.work.regions.answered;
    const isModified = initial.given && this.work.isModified;
    const width = mask?.width ?? 0;
    const { answered } = this;
    const isSame = answered?.moment === moment && answered.isModified === isModified && answered.width === width && sameRegions(answered.regions, regions);
    if (!isSame) this.answered = { moment, regions, isModified, width, value: this.compose(regions, isModified) };
    return (this.answered as Answered).value;
  }

  private compose(regions: readonly Region[], isModified: boolean | undefined): JsonObject {
    const { mask } = this.work;
    return sorted({
      ...(isModified === undefined ? {} : { initialValueModified: isModified }),
      inputImageProperties: { height: mask?.height ?? 0, width: mask?.width ?? 0 },
      [this.kind.answerKey]: this.kind.write(regions),
      labeledImage: { pngImageData: this.picture() },
    });
  }

  /** Empty before the picture is known. */
  private picture(): string {
    const { mask, moment, regions } = this.work;
    if (!mask) return '';
    const colors = Array.from({ length: moment.regions.length + 1 }, (_, number) => (regions.isListed(number) ? rgbaOf(regions.colorOf(number)) : BLANK));
    return toBase64(this.writer.write(mask, moment.bands, colors));
  }
}
