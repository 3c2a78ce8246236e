/** How a worker likes to move about in pictures. Knows no DOM. */
import { isJsonObject } from '../../base/json-object.ts';
import type { Preferences } from '../../frame/preferences.ts';
import type { Json } from '../../frame/protocol.ts';
import type { WheelHabit } from './wheel.ts';

export type Habit = {
  readonly wheel: WheelHabit;
  /** A map shows where one is in a picture that is larger than the screen. */
  readonly minimap: boolean;
  /** How the next picture opens: as large as it fits, or at its real size, whichever was asked for last. */
  readonly start: 'fit' | 'natural';
};

const USUAL: Habit = { wheel: 'zoom', minimap: true, start: 'fit' };

export class ZoomHabit {
  value: Habit = USUAL;

  constructor(
    private readonly preferences: Preferences,
    private readonly changed: () => void,
  ) {}

  /** Takes what the worker liked before, now and when it comes. */
  follow(): void {
    this.preferences.follow('zoom', (value) => {
      this.value = read(value);
      this.changed();
    });
  }

  change(part: Partial<Habit>): void {
    this.value = { ...this.value, ...part };
    this.preferences.set('zoom', this.value);
    this.changed();
  }
}

function read(value: Json): Habit {
  if (!isJsonObject(value)) return USUAL;
  return {
    wheel: value.wheel === 'scroll' ? 'scroll' : 'zoom',
    minimap: value.minimap !== false,
    start: value.start === 'natural' ? 'natural' : 'fit',
  };
}
