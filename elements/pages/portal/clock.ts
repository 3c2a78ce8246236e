/** Counts down to the deadline by the server's clock, and says so in time. */

export type Urgency = 'calm' | 'soon' | 'now' | 'over';

const SOON = 5 * 60;
const NOW = 60;

const DAY = 24 * 3600;

/** How a number of seconds reads: `10 days`, `1:02:03`, `9:05`, `0:09`. */
export function reading(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.round(seconds / DAY)} days`;
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function urgency(seconds: number): Urgency {
  if (seconds <= 0) return 'over';
  if (seconds <= NOW) return 'now';
  return seconds <= SOON ? 'soon' : 'calm';
}

const ALARMS: { [key in Urgency]?: string } = {
  soon: 'Less than five minutes left for this task.',
  now: 'Less than one minute left for this task.',
};

export class Clock {
  private last: Urgency = 'calm';

  constructor(
    private readonly root: HTMLElement,
    private readonly onOver: () => void,
    private readonly ended: AbortSignal,
  ) {}

  /** `now` is the server's clock. */
  start(deadline: string, now: () => number): void {
    const due = Date.parse(deadline);
    const tick = () => this.show((due - now()) / 1000);
    const timer = setInterval(tick, 1000);
    this.ended.addEventListener('abort', () => clearInterval(timer));
    tick();
  }

  private show(seconds: number): void {
    this.root.querySelector('#clock')!.textContent = reading(seconds);
    const now = urgency(seconds);
    if (now === this.last) return;
    this.last = now;
    this.root.querySelector('#timer')!.className = `timer ${now === 'over' ? 'now' : now}`;
    // Announced once per step: a clock that speaks every second is no help.
    const alarm = ALARMS[now];
    if (alarm) this.root.querySelector('#alarm')!.textContent = alarm;
    if (now === 'over') this.onOver();
  }
}
