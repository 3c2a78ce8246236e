/**
 * Speaking with the server, which may be away, or may have ended the session while somebody works.
 *
 * `persist` goes on until there is a final answer: what the worker has done is never thrown away because a network
 * or a session was. Meanwhile `onError` says what is in the way.
 */

export type Reply<T> = { kind: 'ok'; data: T } | Rejected;

/** A final no: the task has ended, or what was sent is not possible. */
export type Rejected = { kind: 'rejected'; error: string; message: string };

type Attempt<T> = Reply<T> | { kind: ServerError };

/** What may be in the way of an answer: no server, no database behind it, no session, somebody else's, or the network this is. */
export type ServerError = 'unreachable' | 'unavailable' | 'signed-out' | 'other-person' | 'wrong-network';

/** Only this ends a task: it is not there any more, or not this worker's. */
export const isOver = (reply: Rejected): boolean => reply.error === 'gone' || reply.error === 'not-yours';

/** Whose session is it, and which token do its forms carry? */
export type Session = { person: string; csrf: string };

export const session = (): Promise<Attempt<Session>> => attempt<Session>(fetch('/session', { headers: ASK }));

const PAUSES = [1000, 2000, 4000, 8000, 15_000];
const PATIENCE = 30_000;

/** Requests that only ask how things stand are not worth repeating at once. */
const ASK = { Accept: 'application/json' };

export class Server {
  constructor(
    private csrf: string,
    private readonly person: string,
    private readonly onError: (error: ServerError | null) => void,
    private readonly ended: AbortSignal,
  ) {}

  /** Posts JSON until the server takes or refuses it; undefined when the page is done with before that. */
  async persist<T>(url: string, body: unknown): Promise<Reply<T> | undefined> {
    for (let attempt = 0; !this.ended.aborted; attempt += 1) {
      const reply = await this.post<T>(url, body);
      if (reply.kind === 'ok' || reply.kind === 'rejected') {
        this.onError(null);
        return reply;
      }
      this.onError(reply.kind);
      await this.pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]!);
      if (reply.kind === 'signed-out' || reply.kind === 'other-person') await this.renew();
    }
    return undefined;
  }

  /** Asks once; undefined when there is no answer now. */
  async ask<T>(url: string): Promise<Reply<T> | undefined> {
    return final(await attempt<T>(fetch(url, { headers: ASK, signal: AbortSignal.timeout(PATIENCE) })));
  }

  /** Posts JSON once; undefined when there is no final answer now. */
  async tell(url: string, body: unknown): Promise<Reply<unknown> | undefined> {
    return final(await this.post(url, body));
  }

  /** Sends something that arrives even if the page goes now, unless it has more than the browser takes then (64 KB). */
  beacon(url: string, body: unknown): void {
    void attempt(fetch(url, { ...this.request(body), keepalive: true }));
  }

  private request(body: unknown): RequestInit {
    const headers = { ...ASK, 'Content-Type': 'application/json', 'X-CSRF-Token': this.csrf };
    return { method: 'POST', headers, body: JSON.stringify(body) };
  }

  private async post<T>(url: string, body: unknown): Promise<Attempt<T>> {
    const reply = await attempt<T>(fetch(url, { ...this.request(body), signal: AbortSignal.timeout(PATIENCE) }));
    // A new session (signed in again in another tab) has another token; renew it and repeat.
    if (reply.kind === 'rejected' && reply.error === 'stale') return this.renewed(url, body);
    return reply;
  }

  private async renewed<T>(url: string, body: unknown): Promise<Attempt<T>> {
    const error = await this.renew();
    return error ? { kind: error } : this.post(url, body);
  }

  /** Fetches the present session's token; says what is wrong where it is not this worker's. */
  private async renew(): Promise<ServerError | undefined> {
    const reply = await session();
    if (reply.kind === 'rejected') return 'unreachable';
    if (reply.kind !== 'ok') return reply.kind;
    if (reply.data.person !== this.person) return 'other-person';
    this.csrf = reply.data.csrf;
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="csrf"]')) field.value = this.csrf;
    return undefined;
  }

  /** Waits, but no longer than until the network or the worker comes back. */
  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = new AbortController();
      const wake = () => {
        done.abort();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      addEventListener('online', wake, { signal: done.signal });
      addEventListener('focus', wake, { signal: done.signal });
      this.ended.addEventListener('abort', wake, { signal: done.signal });
    });
  }
}

const final = <T>(reply: Attempt<T>): Reply<T> | undefined => (reply.kind === 'ok' || reply.kind === 'rejected' ? reply : undefined);

async function attempt<T>(request: Promise<Response>): Promise<Attempt<T>> {
  try {
    const response = await request;
    if (response.status === 413) return await tooLarge(response);
    const data: unknown = await response.json();
    if (response.ok) return { kind: 'ok', data: data as T };
    if (response.status === 401) return { kind: 'signed-out' };
    if (response.status === 503) return { kind: 'unavailable' };
    if ((data as { error?: string }).error === 'wrong-network') return { kind: 'wrong-network' };
    if (response.status < 500) return { kind: 'rejected', ...(data as { error: string; message: string }) };
  } catch {
    // No network, no server, or something in between that does not speak JSON.
  }
  return { kind: 'unreachable' };
}

/** The message of secondlook itself; a proxy before it may have a limit of its own and speak no JSON. */
async function tooLarge(response: Response): Promise<Rejected> {
  const reply = (await response.json().catch(() => undefined)) as { message: string } | undefined;
  const message = reply?.message ?? 'A server on the way here (a proxy) refuses it as too large.';
  return { kind: 'rejected', error: 'bad-request', message };
}
