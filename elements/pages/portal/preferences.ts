/**
 * Keeps how the worker likes to work, since the frame has no storage: at hand for the next task of the same flow definition at
 * once, and on the server soon after, so that it is there on every machine. It is worth no word to the worker: where the
 * server is away, the next change takes along what it has not got.
 */
import { Debounce } from './debounce.ts';
import { Liked, MOST_NAMES, valuesOf, type Values } from './liked.ts';
import type { Server } from './server.ts';
import type { TaskData } from './task-data.ts';

/** It is sent when nothing has changed for so long, or the first change is so old; in milliseconds. */
const PAUSE = 1000;
const LONGEST_WAIT = 5000;

export class PreferenceStore {
  private readonly liked = new Liked();
  /** Changed on this page, which therefore knows better than what another tab has left on the server. */
  private readonly own = new Set<string>();
  /** What the server does not have, as JSON. */
  private readonly unsaved = new Map<string, string>();
  private sending: Promise<void> | undefined;
  private readonly saving = new Debounce(() => void this.save(), PAUSE, LONGEST_WAIT);

  constructor(
    private readonly flow: string,
    /** With the token of the task that was opened last. */
    public server: Pick<Server, 'tell' | 'beacon'>,
  ) {}

  get values(): Values {
    return this.liked.values;
  }

  /** Takes what the server has. */
  take(values: Values): void {
    for (const [name, value] of Object.entries({ ...this.forgotten(values), ...values })) if (!this.own.has(name)) this.liked.keep(name, value);
  }

  /** Keeps what a page has sent, if there is room for it. */
  keep(name: string, value: unknown): void {
    const text = this.liked.keep(name, value);
    if (text === undefined) return;
    this.own.add(name);
    this.unsaved.set(name, text);
    this.saving.call();
  }

  /** Sends what the server does not have; resolves when it has answered. */
  save(): Promise<void> {
    this.saving.cancel();
    this.sending ??= this.sendChange().finally(() => (this.sending = undefined));
    return this.sending;
  }

  /** The page is going: sends once more what the browser may still finish without it. */
  beacon(): void {
    const change = this.nextChange();
    if (change.size > 0) this.server.beacon(this.url, { preferences: valuesOf(change) });
  }

  /** What is sent at once: a page may have named and forgotten more than that. */
  private nextChange(): Map<string, string> {
    return new Map([...this.unsaved].slice(0, MOST_NAMES));
  }

  private get url(): string {
    return `/flows/${encodeURIComponent(this.flow)}/preferences`;
  }

  private async sendChange(): Promise<void> {
    const [before, sent] = [new Map(this.unsaved), this.nextChange()];
    if (sent.size === 0) return;
    const isDone = (await this.server.tell(this.url, { preferences: valuesOf(sent) })) !== undefined;
    const isNewer = [...this.unsaved].some(([name, text]) => before.get(name) !== text);
    for (const [name, text] of sent) if (isDone && this.unsaved.get(name) === text) this.unsaved.delete(name);
    if (isNewer || (isDone && before.size > sent.size)) this.saving.call();
  }

  /** What another tab has had forgotten. */
  private forgotten(values: Values): Values {
    const gone = Object.keys(this.values).filter((name) => !Object.hasOwn(values, name));
    return Object.fromEntries(gone.map((name) => [name, null]));
  }
}

/** Of the flow definitions whose tasks this page has shown: the next task finds what was changed at the last. */
const stores = new Map<string, PreferenceStore>();

export function preferenceStore({ flow, preferences }: TaskData, server: Server): PreferenceStore {
  const store = stores.get(flow) ?? begin(flow, server);
  store.server = server;
  store.take(preferences);
  return store;
}

function begin(flow: string, server: Server): PreferenceStore {
  const store = new PreferenceStore(flow, server);
  stores.set(flow, store);
  addEventListener('pagehide', () => store.beacon());
  return store;
}
