/** Keeps the job list current: asks every few seconds while somebody can see it, and changes it only when it changed. */
import { DEMO_IS_OVER, isDemo } from './demo.ts';

const EVERY = 4000;

type List = { html: string; waiting: number };

export class LiveList {
  private tag = '';
  private readonly title = document.title;

  constructor(private readonly place: HTMLElement) {}

  start(): void {
    setInterval(() => void this.poll(), EVERY);
    addEventListener('visibilitychange', () => void this.poll());
    addEventListener('pageshow', (event) => event.persisted && void this.poll());
  }

  private async poll(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    try {
      const headers = { Accept: 'application/json', 'If-None-Match': this.tag };
      const response = await fetch(this.place.dataset.live!, { headers, cache: 'no-store' });
      this.showStale(response.status === 503 ? 'The database of the server does not answer; this list may be old. Trying again…' : '');
      if (response.status === 401) location.reload();
      if (response.status !== 200) return;
      this.tag = response.headers.get('ETag') ?? '';
      this.show((await response.json()) as List);
    } catch {
      this.showStale(isDemo() ? DEMO_IS_OVER : 'The server cannot be reached; this list may be old. Trying again…');
    }
  }

  private show(list: List): void {
    const focused = document.activeElement?.id;
    this.place.innerHTML = list.html;
    if (focused) this.place.querySelector<HTMLElement>(`#${CSS.escape(focused)}`)?.focus();
    document.title = list.waiting ? `(${list.waiting >= 1000 ? '1,000+' : list.waiting}) ${this.title}` : this.title;
  }

  private showStale(text: string): void {
    const line = document.querySelector<HTMLElement>('#stale')!;
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }
}
