/** Goes on with the log of an instance while somebody follows it. Lines are added and none is taken away, so whoever reads further up stays there. */
const EVERY = 2000;
const AT_THE_END = 8;

type Line = { key: string; text: string };

export class Log {
  private timer: number | undefined;

  constructor(
    private readonly place: HTMLElement,
    private readonly button: HTMLElement,
  ) {}

  start(): void {
    this.place.scrollTop = this.place.scrollHeight;
    this.button.hidden = false;
    this.button.addEventListener('click', () => this.toggle());
  }

  private toggle(): void {
    const follows = this.timer === undefined;
    this.button.setAttribute('aria-pressed', String(follows));
    clearInterval(this.timer);
    this.timer = follows ? window.setInterval(() => void this.poll(), EVERY) : undefined;
    if (follows) void this.poll();
  }

  private async poll(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    try {
      const response = await fetch(this.place.dataset.log!, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (response.status === 401) location.reload();
      if (!response.ok) throw new Error(response.statusText);
      this.add(((await response.json()) as { lines: Line[] }).lines);
      this.showStale('');
    } catch {
      this.showStale('The server does not answer; trying again…');
    }
  }

  private add(lines: Line[]): void {
    const { place } = this;
    const fresh = lines.slice(lines.findIndex((line) => line.key === place.dataset.last) + 1);
    if (!fresh.length) return;
    const isAtTheEnd = place.scrollHeight - place.scrollTop - place.clientHeight < AT_THE_END;
    place.append(fresh.map((line) => `${line.text}\n`).join(''));
    place.dataset.last = fresh.at(-1)!.key;
    if (isAtTheEnd) place.scrollTop = place.scrollHeight;
  }

  private showStale(text: string): void {
    const line = document.querySelector<HTMLElement>('#stale')!;
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }
}
