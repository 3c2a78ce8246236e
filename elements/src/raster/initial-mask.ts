/** The mask that a template gives: first what its attribute says, then its picture, in the size of the one that is worked on. Knows no DOM. */
import type { Size } from '../base/geometry.ts';
import { distinct } from './colors.ts';
import { readGiven, type GivenMask } from './given-mask.ts';
import { Mask, stretched } from './mask.ts';
import { NOTHING, type Moment } from './moment.ts';
import type { RasterKind } from './raster-kind.ts';

export type Loaded = {
  readonly given: GivenMask;
  /** In its own size. */
  readonly mask: Mask;
  /** How many of its pixels have colours that stand for nothing. */
  readonly strange: number;
};

export class InitialMask {
  /** Undefined where the template gives none. */
  given: GivenMask | undefined;
  loaded: Loaded | undefined;
  /** How many regions of the attribute could not be read. */
  unreadable = 0;
  /** The work as it begins, once the picture is known. */
  moment: Moment = NOTHING;

  constructor(private readonly kind: RasterKind) {}

  read(text: string): { length: number; errors: readonly string[] } {
    const { given, length, errors } = readGiven(text, this.kind);
    this.given = given;
    this.unreadable = errors.length;
    this.loaded = undefined;
    return { length, errors };
  }

  /** Takes the size of the picture into account. */
  fit(picture: Size | undefined): void {
    const { loaded } = this;
    const mask = picture && (loaded ? stretched(loaded.mask, picture) : new Mask(picture));
    this.moment = mask ? { regions: (loaded?.given.regions ?? []).map(({ label, color }) => ({ label, color })), bands: mask.pack() } : NOTHING;
  }

  /** How sure a model was of a region, where the template says so. */
  scoreOf(number: number): number | undefined {
    return this.given?.regions[number - 1]?.score;
  }

  /** The size of the given mask where it is not that of the picture. */
  misfit(picture: Size | undefined): Size | undefined {
    const mask = this.loaded?.mask;
    return mask && picture && (mask.width !== picture.width || mask.height !== picture.height) ? mask : undefined;
  }

  /** The colours of labels: those of the given mask, where labels have colours in it, then the template's own, then free ones. */
  readonly colorsOf = (names: readonly string[], own: readonly string[]): readonly string[] => {
    const regions = this.kind.isPerLabel ? (this.given?.regions ?? []) : [];
    const given = new Map(regions.map(({ label, color }) => [label, color] as const).reverse());
    const kept = distinct(names.map((name) => given.get(name)));
    return distinct(names.map((name, position) => (given.has(name) ? kept[position] : own[position])));
  };
}
