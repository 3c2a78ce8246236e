/**
 * Keeps what the worker has done: on the server, and in this tab until the server has it.
 *
 * The copy in the tab (`sessionStorage`, gone when the tab is closed) exists only while the server does not have the same,
 * so a copy found when a page opens is newer than what the server gave.
 */
import type { Answer, Draft } from '../../src/frame/protocol.ts';
import type { Facts } from './facts.ts';
import type { Server } from './server.ts';

type Copy = { draft: Draft } | { answer: Answer };

export class Keeper {
  private next: Draft | undefined;
  private sending: Promise<void> | undefined;
  private readonly key: string;

  constructor(
    private readonly facts: Facts,
    private readonly server: Server,
    /** `saved` is true once the server has everything. */
    private readonly onChange: (saved: boolean) => void,
    private readonly onEnded: (message: string) => void,
  ) {
    this.key = `secondlook:${facts.person}:${facts.id}`;
  }

  /** The draft to begin with. */
  get draft(): Draft | null {
    const copy = this.copy;
    return copy && 'draft' in copy ? copy.draft : this.facts.draft;
  }

  /** An answer that was submitted in this tab and never reached the server. */
  get unsent(): Answer | undefined {
    const copy = this.copy;
    return copy && 'answer' in copy ? copy.answer : undefined;
  }

  get isSaved(): boolean {
    return this.sending === undefined && this.copy === undefined;
  }

  /** Keeps a newer draft. */
  keep(draft: Draft): void {
    this.facts.draft = draft;
    this.store({ draft });
    this.next = draft;
    this.onChange(false);
    this.sending ??= this.send();
  }

  /** Keeps an answer until `forget`; no draft is sent any more. */
  keepAnswer(answer: Answer): void {
    this.next = undefined;
    this.store({ answer });
  }

  forget(): void {
    this.next = undefined;
    sessionStorage.removeItem(this.key);
  }

  /** Resolves when everything is on the server, or after `patience` milliseconds. */
  async settled(patience: number): Promise<void> {
    await Promise.race([this.sending, new Promise((resolve) => setTimeout(resolve, patience))]);
  }

  private async send(): Promise<void> {
    while (this.next) {
      const draft = this.next;
      this.next = undefined;
      const reply = await this.server.persist(`/tasks/${this.facts.id}/draft`, { draft });
      if (reply?.kind === 'refused') this.onEnded(reply.message);
      const newest = this.next === undefined && this.unsent === undefined;
      if (reply?.kind === 'ok' && newest) this.forget();
    }
    this.sending = undefined;
    this.onChange(this.isSaved);
  }

  private get copy(): Copy | undefined {
    const text = sessionStorage.getItem(this.key);
    return text === null ? undefined : (JSON.parse(text) as Copy);
  }

  private store(copy: Copy): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(copy));
    } catch {
      // The browser's few megabytes are full; the copy in memory still goes to the server.
    }
  }
}
