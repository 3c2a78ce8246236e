/**
 * What this browser keeps of a worker's unfinished tasks until the server has it (decision 12).
 *
 * In `localStorage`, because a closed tab takes `sessionStorage` with it. A copy belongs to one person; it goes when the
 * server has the same or something newer, and after a month.
 */
import type { Answer, Draft } from '../../src/frame/protocol.ts';

export type Copy = {
  /** As that of a draft (`task-data.ts`). */
  revision: number;
  draft: Draft | null;
  /** Handed in, and not known to have arrived. */
  answer?: Answer;
};

const PREFIX = 'secondlook:work:';

/** A copy that nobody has come back for is kept for so long; a loop waits for ten days at the most. In milliseconds. */
const KEPT = 30 * 24 * 3600 * 1000;

export class Copies {
  constructor(
    private readonly person: string,
    private readonly storage: Storage = localStorage,
  ) {}

  /** The name under which the copy of a task is stored. */
  key(task: number): string {
    return `${PREFIX}${this.person}:${task}`;
  }

  find(task: number): Copy | undefined {
    return copyOf(this.storage.getItem(this.key(task)));
  }

  /** False where the browser has no room for it; what was kept before then stays. */
  keep(task: number, copy: Copy): boolean {
    try {
      this.storage.setItem(this.key(task), JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets the copy, unless another tab has replaced it by a newer one. */
  drop(task: number, revision: number): void {
    if ((this.find(task)?.revision ?? 0) <= revision) this.storage.removeItem(this.key(task));
  }

  /** The tasks of this person of which there are copies. */
  get tasks(): number[] {
    const mine = `${PREFIX}${this.person}:`;
    return keys(this.storage).filter((key) => key.startsWith(mine)).map((key) => Number(key.slice(mine.length)));
  }
}

/** Is there anything of anybody? */
export const hasCopies = (storage: Storage = localStorage): boolean => keys(storage).length > 0;

/** Forgets the copies that are too old, whoever's they are. */
export function dropOld(now: number, storage: Storage = localStorage): void {
  for (const key of keys(storage)) {
    if ((copyOf(storage.getItem(key))?.revision ?? 0) < now - KEPT) storage.removeItem(key);
  }
}

const keys = (storage: Storage): string[] => Object.keys(storage).filter((key) => key.startsWith(PREFIX));

/** What is stored, or undefined for nothing and for what is not of this release's making. */
export function copyOf(text: string | null): Copy | undefined {
  try {
    const copy = JSON.parse(text ?? 'null') as Copy | null;
    return typeof copy?.revision === 'number' ? copy : undefined;
  } catch {
    return undefined;
  }
}
