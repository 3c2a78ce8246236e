/** Work that a task page could not get to the server before it was closed: sent from the next page that its worker opens. */
import { Copies, dropOld, hasCopies, type Copy } from './copies.ts';
import { isOver, Server, session, type Reply } from './server.ts';
import { toast } from './toast.ts';

const SIGN_OUT_WAIT = 5000;

export class Leftovers {
  private sending: Promise<void> | undefined;

  start(): void {
    dropOld(Date.now());
    void this.send();
    const signOut = document.querySelector<HTMLFormElement>('form[action="/sign-out"]');
    signOut?.addEventListener('submit', (event) => void this.signOut(event, signOut));
  }

  /** What the server has then is no longer in this browser, which may be another worker's tomorrow. */
  private async signOut(event: Event, form: HTMLFormElement): Promise<void> {
    event.preventDefault();
    await Promise.race([this.send(), new Promise((resolve) => setTimeout(resolve, SIGN_OUT_WAIT))]);
    form.submit();
  }

  private send(): Promise<void> {
    this.sending ??= sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }
}

async function sendAll(): Promise<void> {
  if (!hasCopies()) return;
  const reply = await session();
  if (reply.kind !== 'ok') return;
  const { person, csrf } = reply.data;
  const copies = new Copies(person);
  const server = new Server(csrf, person, () => {}, new AbortController().signal);
  for (const task of copies.tasks) {
    const copy = copies.find(task);
    if (copy && (await deliver(server, task, copy))) copies.drop(task, copy.revision);
  }
}

/** True once the copy is of no more use. */
async function deliver(server: Server, task: number, { answer, draft, revision }: Copy): Promise<boolean> {
  if (answer) {
    const reply = await server.persist(`/tasks/${task}/submit`, { answer, then: null });
    if (reply?.kind === 'ok') toast('An answer that you submitted earlier has arrived now.');
    // Rejected for its content, it is shown when the task is opened; too late, it is a draft.
    if (reply?.kind === 'ok' || !isEnded(reply)) return reply?.kind === 'ok';
  }
  if (!draft) return true;
  const reply = await server.persist(`/tasks/${task}/draft`, { draft, revision });
  return reply?.kind === 'ok' || isEnded(reply) || (reply?.kind === 'rejected' && reply.error === 'conflict');
}

const isEnded = (reply: Reply<unknown> | undefined): boolean => reply?.kind === 'rejected' && isOver(reply);
