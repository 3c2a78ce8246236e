/** What the server tells the script about the task in hand (`script_data` of `pages/contexts.py`). */
import type { Draft } from '../../src/frame/protocol.ts';

export type Facts = {
  id: number;
  /** The worker's opaque id: another worker's session must not send this one's draft. */
  person: string;
  /** The flow definition that the next task is taken from. */
  flow: string;
  /** ISO times; `now` is the server's clock when it wrote the page. */
  deadline: string;
  now: string;
  draft: Draft | null;
};

export const factsOf = (root: HTMLElement): Facts => JSON.parse(root.querySelector('#task-data')!.textContent!) as Facts;
