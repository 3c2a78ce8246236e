/** What a task page reports goes to the server, so that the requester learns of it: each thing once, and not without end. */
import type { TaskData } from './task-data.ts';
import { Server } from './server.ts';

const MOST = 20;

export class Reports {
  private readonly sent = new Set<string>();

  private readonly url: string;
  private readonly server: Server;

  constructor(root: HTMLElement, taskData: TaskData, ended: AbortSignal) {
    this.url = `/tasks/${taskData.id}/report`;
    // A report that does not get through is no error of the worker's.
    this.server = new Server(root.dataset.csrf!, taskData.person, () => {}, ended);
  }

  add(message: string): void {
    if (this.sent.has(message) || this.sent.size >= MOST) return;
    this.sent.add(message);
    void this.server.persist(this.url, { message });
  }
}
