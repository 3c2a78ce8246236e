/**
 * Keeps what the worker has done: in this browser at once, on the server when the worker pauses.
 *
 * Each draft has a revision, the server's time of its change and more than that of the draft before, so that of a copy in
 * the browser, the draft of the server and what another tab or machine has made, the newest can be told.
 */
import type { Answer, Draft } from '../../src/frame/protocol.ts';
import { copyOf, type Copies, type Copy } from './copies.ts';
import { Debounce } from './debounce.ts';
import type { TaskData } from './task-data.ts';
import { isOver, type Rejected, type Server } from './server.ts';

/** A draft goes to the server when nothing has changed for so long, or the first change is so old; in milliseconds. */
const PAUSE = 1000;
const LONGEST_WAIT = 5000;

export type DraftEvents = {
  /** What is saved has changed. */
  changed(): void;
  /** The server does not keep this draft; null once it keeps one again. Work goes on. */
  rejected(reply: Rejected | null): void;
  /** The task is no longer the worker's. */
  ended(message: string): void;
  /** Another tab has a newer draft. */
  elsewhere(): void;
};

export class DraftStore {
  /** What the server does not have. */
  private copy: Copy | undefined;
  private rejected: Copy | undefined;
  private isStored = true;
  private newest: number;
  private sending: Promise<void> | undefined;
  private readonly saving = new Debounce(() => void this.save(), PAUSE, LONGEST_WAIT);

  constructor(
    private readonly taskData: TaskData,
    private readonly server: Server,
    private readonly copies: Copies,
    private readonly now: () => number,
    private readonly events: DraftEvents,
    private readonly ended: AbortSignal,
  ) {
    const copy = copies.find(taskData.id);
    this.copy = copy && (copy.answer || copy.revision > taskData.revision) ? copy : undefined;
    this.newest = Math.max(taskData.revision, copy?.revision ?? 0);
    if (copy && !this.copy) copies.drop(taskData.id, copy.revision);
    addEventListener('storage', (event) => this.onStorage(event), { signal: ended });
    ended.addEventListener('abort', () => this.saving.cancel());
  }

  /** The newest draft that is known. */
  get draft(): Draft | null {
    return this.copy?.draft ?? this.taskData.draft;
  }

  /** An answer that was handed in and is not known to have arrived. */
  get unsent(): Answer | undefined {
    return this.copy?.answer;
  }

  /** What the server needs of the draft that an answer was made of, so that it can be taken back. */
  get ofAnswer(): Partial<Copy> {
    return this.copy?.draft ? { draft: this.copy.draft, revision: this.copy.revision } : {};
  }

  /** Does the server have everything? */
  get isSaved(): boolean {
    return this.copy === undefined;
  }

  /** Is everything either on the server or in this browser, and nothing handed in that has not arrived? */
  get isSafe(): boolean {
    return this.copy === undefined || (this.isStored && this.copy.answer === undefined);
  }

  /** Keeps a newer draft. */
  keep(draft: Draft): void {
    this.newest = Math.max(this.newest + 1, this.now());
    this.hold({ ...this.copy, revision: this.newest, draft });
    if (!this.unsent) this.saving.call();
  }

  /** Keeps an answer until `retract` or `forget`; meanwhile no draft is sent. */
  keepAnswer(answer: Answer): void {
    this.saving.cancel();
    this.hold({ revision: this.newest, draft: this.draft, answer });
  }

  /** The answer was refused: there is a draft again. */
  retract(): void {
    const { draft } = this;
    this.forget();
    if (draft) this.keep(draft);
  }

  forget(): void {
    this.saving.cancel();
    this.copy = undefined;
    this.copies.drop(this.taskData.id, this.newest);
  }

  /** Sends what the server does not have; resolves when it has answered. */
  save(): Promise<void> {
    this.saving.cancel();
    this.sending ??= this.send().finally(() => (this.sending = undefined));
    return this.sending;
  }

  /** Resolves when everything is on the server, or after `patience` milliseconds. */
  async settled(patience: number): Promise<void> {
    const all = async () => {
      while (this.pending) await this.save();
    };
    await Promise.race([all(), new Promise((resolve) => setTimeout(resolve, patience))]);
  }

  /** The page is going: sends once more what the browser may still finish without it. */
  beacon(): void {
    const { copy, taskData } = this;
    if (copy?.answer) this.server.beacon(`/tasks/${taskData.id}/submit`, { answer: copy.answer, then: null });
    else if (this.pending) this.server.beacon(`/tasks/${taskData.id}/draft`, copy);
  }

  private get pending(): Copy | undefined {
    const { copy } = this;
    return this.ended.aborted || copy?.draft === null || copy?.answer || copy === this.rejected ? undefined : copy;
  }

  private async send(): Promise<void> {
    const copy = this.pending;
    if (!copy) return;
    const reply = await this.server.persist(`/tasks/${this.taskData.id}/draft`, copy);
    // Overtaken by its own answer, what becomes of a draft is of no interest.
    if (!reply || this.ended.aborted || this.unsent) return;
    if (reply.kind === 'ok') this.saved(copy);
    else if (isOver(reply)) return this.lose(reply.message);
    else this.rejected = copy;
    this.events.rejected(reply.kind === 'rejected' ? reply : null);
    this.events.changed();
  }

  private saved(copy: Copy): void {
    Object.assign(this.taskData, copy);
    if (this.copy === copy) this.forget();
    else this.saving.call();
  }

  private lose(message: string): void {
    this.forget();
    this.events.ended(message);
  }

  private hold(copy: Copy): void {
    this.copy = copy;
    this.isStored = this.copies.keep(this.taskData.id, copy);
    this.events.changed();
  }

  private onStorage(event: StorageEvent): void {
    const copy = event.key === this.copies.key(this.taskData.id) ? copyOf(event.newValue) : undefined;
    if (!copy || copy.answer || this.unsent || copy.revision <= this.newest) return;
    this.saving.cancel();
    this.copy = undefined;
    this.newest = copy.revision;
    Object.assign(this.taskData, copy);
    this.events.elsewhere();
  }
}
