/** How bright a picture is shown, and with how much contrast; what is drawn over it stays as it is. Knows no DOM. */
import { clamp } from '../../base/geometry.ts';
import type { Preferences } from '../../frame/preferences.ts';

const NAMES = ['brightness', 'contrast'] as const;

export type Adjustment = (typeof NAMES)[number];

/** In percent. */
const LEAST = 25;
const NEUTRAL = 100;
const MOST = 400;

export class Adjustments {
  private readonly values: Record<Adjustment, number> = { brightness: NEUTRAL, contrast: NEUTRAL };

  constructor(
    private readonly preferences: Preferences,
    private readonly changed: () => void,
  ) {}

  /** Takes what the worker liked before, now and when it comes. */
  follow(): void {
    for (const name of NAMES) this.preferences.follow(name, (value) => typeof value === 'number' && this.show(name, value));
  }

  /** In percent. */
  get(name: Adjustment): number {
    return this.values[name];
  }

  get isNeutral(): boolean {
    return NAMES.every((name) => this.values[name] === NEUTRAL);
  }

  /** As a CSS filter; empty where the picture is shown as it is. */
  get filter(): string {
    return NAMES.filter((name) => this.values[name] !== NEUTRAL)
      .map((name) => `${name}(${this.values[name]}%)`)
      .join(' ');
  }

  get words(): string {
    return NAMES.map((name) => `${name} ${this.values[name]}%`).join(', ');
  }

  /** Shows it so; {@link keep} once it is decided. */
  show(name: Adjustment, percent: number): void {
    if (!Number.isFinite(percent)) return;
    this.values[name] = Math.round(clamp(percent, LEAST, MOST));
    this.changed();
  }

  keep(): void {
    for (const name of NAMES) if (this.values[name] !== (this.preferences.get(name) ?? NEUTRAL)) this.preferences.set(name, this.values[name]);
  }

  reset(): void {
    for (const name of NAMES) this.values[name] = NEUTRAL;
    this.keep();
    this.changed();
  }
}

/** Sliders go by doubling and halving, so that what is neutral lies in their middle: from -2 to 2. */
export const toSlider = (percent: number): number => Math.log2(percent / NEUTRAL);
export const fromSlider = (position: number): number => NEUTRAL * 2 ** position;
