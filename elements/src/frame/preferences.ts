/**
 * How a worker likes to work, by name: the portal keeps it for each person and flow definition, since the page has no storage of its
 * own. A page that was opened alone remembers for as long as it is open.
 *
 * What comes is what this or another page of the flow definition has sent, the template's own scripts included: whoever takes a
 * value checks it.
 */
import type { Json } from './protocol.ts';

export type Preference = (value: Json) => void;

export class Preferences {
  private readonly values = new Map<string, Json>();
  /** What the worker has changed here: what was kept comes too late for it. */
  private readonly changed = new Set<string>();
  private readonly listeners = new Map<string, Set<Preference>>();

  /** `keep` sends one to who keeps it. */
  constructor(private readonly keep: (name: string, value: Json) => void) {}

  get(name: string): Json | undefined {
    return this.values.get(name);
  }

  /** The worker likes it so from now on; null for what is no longer to be remembered. */
  set(name: string, value: Json): void {
    this.changed.add(name);
    if (JSON.stringify(this.values.get(name) ?? null) === JSON.stringify(value)) return;
    if (value === null) this.values.delete(name);
    else this.values.set(name, value);
    this.keep(name, value);
  }

  /** Takes what was kept. Whoever asked before hears of it now. */
  take(values: Readonly<Record<string, Json>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.changed.has(name)) continue;
      this.values.set(name, value);
      for (const listener of this.listeners.get(name) ?? []) listener(value);
    }
  }

  /** Calls with what is kept under the name: at once where it is here, and when it comes; answers how to stop that. */
  follow(name: string, listener: Preference): () => void {
    const value = this.values.get(name);
    if (value !== undefined) listener(value);
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }
}
