/** What the server tells the script about the task in hand (`script_data` of `pages/portal/task.py`). */
import type { Draft, Json } from '../../src/frame/protocol.ts';

export type TaskData = {
  id: number;
  /** The worker's opaque id: another worker's session must not send this one's draft. */
  person: string;
  /** The flow definition that the next task is taken from. */
  flow: string;
  /** ISO times; `now` is the server's clock when it wrote the page. */
  deadline: string;
  now: string;
  draft: Draft | null;
  /** Which of two drafts is newer: that with the larger number; 0 for none. */
  revision: number;
  /** How the worker likes to work in this flow definition, by name, as the server knows it. */
  preferences: { [name: string]: Json };
};

export const taskDataOf = (root: HTMLElement): TaskData => JSON.parse(root.querySelector('#task-data')!.textContent!) as TaskData;

let ahead = -Infinity;

/**
 * The server's clock, in milliseconds since 1970. What it said took a while to arrive, so of all that is known in this
 * page the latest counts.
 */
export function serverClock(taskData: TaskData): () => number {
  ahead = Math.max(ahead, Date.parse(taskData.now) - arrival());
  return () => Math.round(Date.now() + ahead);
}

/** When the server's words arrived: with the page, or just now. */
function arrival(): number {
  if (ahead > -Infinity) return Date.now();
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return Date.now() - (performance.now() - (page?.responseStart ?? performance.now()));
}
