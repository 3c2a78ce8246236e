/** From which score on shapes are shown: for all labels, or for one otherwise. Knows no DOM. */
import { clamp } from '../../base/geometry.ts';
import { isJsonObject } from '../../base/json-object.ts';
import type { Json } from '../../frame/protocol.ts';
import { share } from '../../labels/labels.ts';

type Scored = { readonly label: string; readonly score?: number };

const isLeast = (value: Json | undefined): value is number => typeof value === 'number' && value >= 0 && value <= 1;

/** The hundredths in which it is chosen. */
const rounded = (value: number): number => Math.round(clamp(value, 0, 1) * 100) / 100;

export class ScoreFilter {
  private general = 0;
  private readonly own = new Map<string, number>();

  /** The least score of a label, or of all that have none of their own. */
  from(label?: string): number {
    return (label === undefined ? undefined : this.own.get(label)) ?? this.general;
  }

  hasOwn(label: string): boolean {
    return this.own.has(label);
  }

  /** A label that is given the value of all follows that again. */
  set(value: number, label?: string): void {
    if (label === undefined) this.general = rounded(value);
    else this.own.set(label, rounded(value));
    for (const [name, own] of this.own) if (own === this.general) this.own.delete(name);
  }

  get isActive(): boolean {
    return this.general > 0 || this.own.size > 0;
  }

  /** What has no score passes: a worker has drawn it or chosen its label. */
  passes({ label, score }: Scored): boolean {
    return score === undefined || share(score) >= this.from(label);
  }

  save(): Json {
    return { from: this.general, ...(this.own.size > 0 ? { labels: Object.fromEntries(this.own) } : {}) };
  }

  /** Takes what was saved; what cannot be one is left out. */
  restore(saved: Json): void {
    if (!isJsonObject(saved)) return;
    const { from, labels } = saved;
    this.general = isLeast(from) ? rounded(from) : 0;
    this.own.clear();
    if (!isJsonObject(labels)) return;
    for (const [label, value] of Object.entries(labels)) if (isLeast(value)) this.set(value, label);
  }
}

/** Are there two scores at least, so that some can be told from others? */
export function differInScore(items: readonly Scored[]): boolean {
  const first = items.find(({ score }) => score !== undefined)?.score;
  return first !== undefined && items.some(({ score }) => score !== undefined && share(score) !== share(first));
}
