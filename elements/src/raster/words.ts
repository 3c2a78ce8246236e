/** What is told of a mask in words. Knows no DOM. */
import { capital } from '../base/capital.ts';
import type { Size } from '../base/geometry.ts';
import { describeLosses } from '../tool/losses.ts';
import type { Noun } from '../tool/stage.ts';
import type { Segmentation } from './segmentation.ts';

const counted = (number: number): string => number.toLocaleString('en');

const sizeOf = ({ width, height }: Size): string => `${counted(width)} × ${counted(height)}`;

/** A part of a whole in per cent, of little ones a tenth. */
function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return percent < 0.1 ? 'less than 0.1 %' : `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** What the worker should know of the mask that the template gave. */
export function describeMask(work: Segmentation, noun: Noun): string {
  const { initial, mask, labels } = work;
  const { given, loaded, unreadable } = initial;
  if (!given || !mask) return '';
  const misfit = initial.misfit(mask);
  const unlisted = labels.names.length > 0 ? given.regions.filter(({ label }) => !labels.has(label)).length : 0;
  const lines = [describeLosses({ cut: 0, outside: 0, unreadable, unlisted }, noun.plural, { cut: '', outside: '' })];
  if (misfit) lines.push(`The given mask has ${sizeOf(misfit)} pixels and was stretched to the ${sizeOf(mask)} of the picture.`);
  if (loaded && loaded.strange > 0) {
    lines.push(`${share(loaded.strange, loaded.mask.cells.length)} of the given mask has colours that stand for no label, and was left out.`);
  }
  return lines.filter(Boolean).join(' ');
}

/** The selected region; undefined where none is. */
export function describeRegion(work: Segmentation, { singular, plural }: Noun): string | undefined {
  const { selected, selection, mask, regions } = work;
  const { length } = selection.all;
  if (selected === undefined || !mask) return undefined;
  if (length > 1) return `${length} ${plural}, ${regions.labelOf(selected)} first`;
  const pixels = mask.counts[selected] as number;
  const name = capital(singular);
  return `${name} ${regions.present.indexOf(selected) + 1} of ${work.count}, ${regions.labelOf(selected)}, ${counted(pixels)} pixels, ${share(pixels, mask.cells.length)}`;
}
