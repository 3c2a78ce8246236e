/** A task at work: brings together the frame, the clock, the keeper of drafts and the bar. */
import type { Answer } from '../../src/frame/protocol.ts';
import { Banner } from './banner.ts';
import { Clock } from './clock.ts';
import { factsOf, type Facts } from './facts.ts';
import { FrameLink } from './frame-link.ts';
import { Keeper } from './keeper.ts';
import { Server, type Trouble } from './server.ts';
import { toast } from './toast.ts';

type Next = { next: string; title: string; waiting: number; html: string } | { next: null; leave: string };
type Standing = { waiting: number };

const LOOK_EVERY = 30_000;
const FLUSH_WAIT = 1500;
const SAVE_WAIT = 5000;
const ADVANCE = 'secondlook:advance';

const TROUBLES: { [key in Trouble]: string } = {
  unreachable: 'The server cannot be reached. What you have done is kept here and sent as soon as it is back.',
  unavailable: 'The database of the server does not answer. What you have done is kept here and sent as soon as it is back.',
  'signed-out': 'You are signed out. What you have done is kept here.',
  'wrong-network': 'This portal cannot be used from the network that you are in now. What you have done is kept here and sent as soon as you are back.',
  'other-person': 'Somebody else is signed in now in this browser. What you have done is kept here for you.',
};

export class TaskPage {
  private readonly over = new AbortController();
  private readonly facts: Facts;
  private readonly banner: Banner;
  private readonly server: Server;
  private readonly keeper: Keeper;
  private readonly frame: FrameLink;
  private readonly flushes = new Map<number, () => void>();
  private submitting = false;
  private flushed = 0;

  constructor(private readonly root: HTMLElement) {
    const ended = this.over.signal;
    this.facts = factsOf(root);
    this.banner = new Banner(this.part('#banner'));
    this.server = new Server(root.dataset.csrf!, this.facts.person, (trouble) => this.tell(trouble), ended);
    this.keeper = new Keeper(this.facts, this.server, (saved) => this.note(saved), (message) => this.end('This task has ended', message));
    this.frame = new FrameLink(this.part<HTMLIFrameElement>('#page'), this.events, ended);
  }

  start(): void {
    const ended = { signal: this.over.signal };
    new Clock(this.root, () => void this.timeUp(), this.over.signal).start(this.facts.deadline, this.facts.now);
    this.frame.open();
    this.bar(ended);
    const looking = setInterval(() => void this.look(), LOOK_EVERY);
    this.over.signal.addEventListener('abort', () => clearInterval(looking));
    addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void this.flush(), ended);
    addEventListener('beforeunload', (event) => this.keeper.isSaved || event.preventDefault(), ended);
    const unsent = this.keeper.unsent;
    if (unsent) void this.submit(unsent);
  }

  private readonly events = {
    ready: () => {
      this.banner.set('page', null);
      if (this.keeper.draft) this.frame.send({ type: 'restore', draft: this.keeper.draft });
      if (!document.querySelector('dialog[open]')) this.part<HTMLIFrameElement>('#page').focus();
    },
    dirty: () => this.note(false),
    draft: (draft: NonNullable<Facts['draft']>, id: number | undefined) => {
      if (!this.submitting) this.keeper.keep(draft);
      if (id !== undefined) this.flushes.get(id)?.();
    },
    submit: (answer: Answer) => void this.submit(answer),
    error: (message: string) => this.banner.set('page', { text: `The task page reports: ${message}` }),
    left: () =>
      this.banner.set('page', {
        text: 'The task page led itself to another page. Your draft is kept.',
        press: { label: 'Show the task again', act: () => this.reopen() },
      }),
    silent: () =>
      this.banner.set('page', { text: 'The task page does not answer. If it cannot be worked on, decline or release the task.' }),
  };

  private async submit(answer: Answer): Promise<void> {
    if (this.submitting) return;
    this.submitting = true;
    this.keeper.keepAnswer(answer);
    const then = this.advance.checked ? this.facts.flow : null;
    const reply = await this.server.persist<Next>(`/tasks/${this.facts.id}/submit`, { answer, then });
    if (!reply) return;
    this.keeper.forget();
    if (reply.kind === 'ok') return this.go(reply.data);
    this.submitting = false;
    if (reply.problem === 'gone' || reply.problem === 'not-yours') return this.end('This task has ended', reply.message);
    this.frame.send({ type: 'submit-result', ok: false, message: reply.message });
  }

  private go(next: Next): void {
    this.over.abort();
    if (next.next === null) return location.assign(next.leave);
    const page = new DOMParser().parseFromString(next.html, 'text/html');
    become(this.root, document.adoptNode(page.querySelector<HTMLElement>('#task')!));
    // Back leads to the job list, not to a task that is done.
    history.replaceState(null, '', next.next);
    document.title = `${next.title} · secondlook`;
    new TaskPage(this.root).start();
    toast(`Submitted — ${this.root.querySelector('#queue')!.textContent}`);
  }

  /** The grace of the server is longer than what a last draft takes. */
  private async timeUp(): Promise<void> {
    if (this.submitting) return;
    await this.flush();
    await this.keeper.settled(SAVE_WAIT);
    if (this.submitting) return;
    this.end('Time is up', 'The time for this task has run out and it went back to the queue. Your draft is kept: if you take this task again, it opens where you left it.');
  }

  private end(title: string, message: string): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    for (const dialog of this.root.querySelectorAll('dialog')) dialog.close();
    for (const one of this.root.querySelectorAll<HTMLElement>('.acts, .timer, #banner, #saved, #more')) one.hidden = true;
    this.part('#ended-title').textContent = title;
    this.part('#ended-text').textContent = message;
    this.part('#ended').hidden = false;
    this.part('#page').inert = true;
    this.part('#ended').focus();
  }

  /** Asks the page for what it has, and waits until that is here (not: until it is sent). */
  private flush(): Promise<void> {
    if (!this.frame.isOpen) return Promise.resolve();
    const id = (this.flushed += 1);
    return new Promise((resolve) => {
      const done = () => {
        this.flushes.delete(id);
        resolve();
      };
      this.flushes.set(id, done);
      setTimeout(done, FLUSH_WAIT);
      this.frame.send({ type: 'flush', id });
    });
  }

  private async look(): Promise<void> {
    if (document.visibilityState !== 'visible' || this.submitting) return;
    const reply = await this.server.ask<Standing>(`/tasks/${this.facts.id}`);
    if (this.over.signal.aborted || this.submitting || !reply) return;
    if (reply.kind === 'refused') return this.end('This task has ended', reply.message);
    const more = reply.data.waiting;
    this.part('#queue').textContent = `${more >= 1000 ? '1,000+' : more || 'no'} more waiting`;
  }

  private reopen(): void {
    this.banner.set('page', null);
    this.frame.open();
  }

  private bar(ended: { signal: AbortSignal }): void {
    this.advance.checked = localStorage.getItem(ADVANCE) !== 'no';
    this.advance.addEventListener('change', () => localStorage.setItem(ADVANCE, this.advance.checked ? 'yes' : 'no'), ended);
    this.part('.back').addEventListener('click', (event) => void this.leave(event, () => location.assign('/work')), ended);
    const pause = this.part<HTMLFormElement>('#pause');
    pause.addEventListener('submit', (event) => void this.leave(event, () => pause.submit()), ended);
    for (const form of this.root.querySelectorAll('dialog form')) form.addEventListener('submit', () => this.drop(), ended);
    addEventListener('keydown', (event) => this.onKey(event), ended);
  }

  /** Goes once the draft is on the server; if that is away, the copy in this tab remains. */
  private async leave(event: Event, go: () => void): Promise<void> {
    event.preventDefault();
    await this.flush();
    await this.keeper.settled(SAVE_WAIT);
    go();
  }

  /** The worker gives the task back and the work up. */
  private drop(): void {
    this.over.abort();
    this.keeper.forget();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      this.frame.send({ type: 'request-submit' });
    }
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    if (event.key === '?' && !typing) this.part<HTMLDialogElement>('#help-dialog').showModal();
  }

  private tell(trouble: Trouble | null): void {
    const signIn = { href: `/sign-in?next=${encodeURIComponent('/work')}`, label: 'Sign in again in a new tab' };
    const line = trouble && { text: TROUBLES[trouble], bad: true, ...(trouble === 'signed-out' || trouble === 'other-person' ? { link: signIn } : {}) };
    this.banner.set('server', line);
  }

  private note(saved: boolean): void {
    this.part('#saved').textContent = saved ? 'Draft saved' : 'Saving…';
  }

  private get advance(): HTMLInputElement {
    return this.part<HTMLInputElement>('#advance');
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.root.querySelector<T>(selector)!;
  }
}

/**
 * Turns the task on the page into the next one, all but the frame: that stays in place and is led to the next task, because
 * a new one would cost a new process of the browser, about 100 ms.
 */
function become(root: HTMLElement, next: HTMLElement): void {
  const frame = root.querySelector<HTMLIFrameElement>('#page')!;
  const nextFrame = next.querySelector<HTMLIFrameElement>('#page')!;
  frame.title = nextFrame.title;
  frame.dataset.src = nextFrame.dataset.src!;
  Object.assign(root.dataset, next.dataset);
  for (const old of root.querySelectorAll('#task > :not(main), #ended')) {
    old.replaceWith(next.querySelector(`#${old.id}`)!);
  }
}
