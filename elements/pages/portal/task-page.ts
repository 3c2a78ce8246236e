/** A task at work: brings together the frame, the clock, the drafts and the bar. */
import type { Answer, Draft } from '../../src/frame/protocol.ts';
import { Banner } from './banner.ts';
import { Clock } from './clock.ts';
import { Copies } from './copies.ts';
import { taskDataOf, serverClock, type TaskData } from './task-data.ts';
import { FrameLink } from './frame-link.ts';
import { DraftStore } from './draft-store.ts';
import { preferenceStore, type PreferenceStore } from './preferences.ts';
import { Reports } from './reports.ts';
import { isPreviousKey } from '../../src/frame/looking-back.ts';
import { isOver, Server, type Rejected } from './server.ts';
import { toast } from './toast.ts';
import { undoButton } from './undo.ts';
import { BROKEN, elsewhereLine, leftLine, outdatedLine, reportLine, SILENT, TIME_IS_UP, errorLine, floodedLine, unsavedLine } from './words.ts';

type Undo = { id: number; until: string };
type Next = ({ next: string; title: string; waiting: number; html: string } | { next: null; leave: string }) & { undo?: Undo };
type Queue = { waiting: number };

const POLL_EVERY = 30_000;
const SAVE_WAIT = 5000;
const ADVANCE = 'secondlook:advance';
const ENDED = 'This task has ended';

export class TaskPage {
  private readonly over = new AbortController();
  private readonly taskData: TaskData;
  private readonly now: () => number;
  private readonly banner: Banner;
  private readonly server: Server;
  private readonly reports: Reports;
  private readonly draftStore: DraftStore;
  private readonly preferences: PreferenceStore;
  private readonly frame: FrameLink;
  private submitting = false;
  private undoing: Promise<void> | undefined;

  constructor(private readonly root: HTMLElement) {
    const ended = this.over.signal;
    this.taskData = taskDataOf(root);
    this.now = serverClock(this.taskData);
    this.banner = new Banner(this.part('#banner'));
    this.server = new Server(root.dataset.csrf!, this.taskData.person, (error) => this.banner.set('server', errorLine(error)), ended);
    this.reports = new Reports(root, this.taskData, ended);
    this.draftStore = new DraftStore(this.taskData, this.server, new Copies(this.taskData.person), this.now, this.draftEvents, ended);
    this.preferences = preferenceStore(this.taskData, this.server);
    this.frame = new FrameLink(this.part<HTMLIFrameElement>('#page'), this.frameEvents, ended);
  }

  start(): void {
    const ended = { signal: this.over.signal };
    new Clock(this.root, () => void this.timeUp(), this.over.signal).start(this.taskData.deadline, this.now);
    this.frame.open();
    this.bar(ended);
    const polling = setInterval(() => void this.poll(), POLL_EVERY);
    this.over.signal.addEventListener('abort', () => clearInterval(polling));
    addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void this.save(), ended);
    addEventListener('beforeunload', (event) => this.mayLeave || event.preventDefault(), ended);
    addEventListener('pagehide', () => this.draftStore.beacon(), ended);
    const { unsent } = this.draftStore;
    if (unsent) void this.submit(unsent);
    else if (!this.draftStore.isSaved) void this.draftStore.save();
  }

  private readonly frameEvents = {
    ready: () => {
      this.banner.set('page', null);
      this.frame.send({ type: 'preferences', preferences: this.preferences.values });
      if (this.draftStore.draft) void this.frame.restore(this.draftStore.draft);
      // Who has gone elsewhere meanwhile, into the bar or a dialog, stays there.
      if (document.activeElement === document.body) this.part<HTMLIFrameElement>('#page').focus();
    },
    dirty: () => this.note(),
    draft: (draft: Draft) => this.draftStore.keep(draft),
    unchanged: () => this.note(),
    unkept: (reason: string) => {
      this.banner.set('draft', unsavedLine(reason));
      this.note();
    },
    submit: (answer: Answer) => void this.submit(answer),
    preference: (name: string, value: unknown) => this.preferences.keep(name, value),
    previous: () => this.previous(),
    error: (message: string, isShown: boolean) => {
      // The first is the cause: a library that does not come makes a script fail, and that another.
      if (!this.banner.has('page')) this.banner.set('page', isShown ? BROKEN : reportLine(message));
      this.reports.add(message);
    },
    left: () => {
      this.banner.set('page', leftLine(() => this.reopen()));
      this.reports.add('The task page led itself to another page.');
    },
    flooded: () => {
      this.banner.set('page', floodedLine(() => this.reopen()));
      this.reports.add('The task page sends so much to the portal that it was cut off.');
    },
    silent: () => {
      this.banner.set('page', SILENT);
      this.reports.add('The task page does not answer the portal.');
    },
  };

  private readonly draftEvents = {
    changed: () => this.note(),
    rejected: (reply: Rejected | null) => {
      const line = reply && (reply.error === 'conflict' ? outdatedLine(reply.message) : unsavedLine(reply.message));
      this.banner.set('draft', line);
      if (!line) this.banner.set('tab', null);
    },
    ended: (message: string) => this.end(ENDED, message),
    // Said once: each change there comes as an event.
    elsewhere: () => this.banner.has('tab') || this.banner.set('tab', elsewhereLine(() => this.reopen())),
  };

  private async submit(answer: Answer): Promise<void> {
    await this.undoing;
    if (this.submitting || this.over.signal.aborted) return;
    this.submitting = true;
    const begun = this.draftStore.ofAnswer;
    this.draftStore.keepAnswer(answer);
    const then = this.advance.checked ? this.taskData.flow : null;
    const reply = await this.server.persist<Next>(`/tasks/${this.taskData.id}/submit`, { answer, then, undo: true, ...begun });
    if (!reply) return;
    if (reply.kind === 'ok') {
      this.draftStore.forget();
      return this.go(reply.data);
    }
    this.draftStore.retract();
    this.submitting = false;
    if (isOver(reply)) {
      // Too late for an answer is not too late for a draft.
      await this.draftStore.settled(SAVE_WAIT);
      return this.end(ENDED, reply.message);
    }
    this.frame.send({ type: 'submit-result', ok: false, message: reply.message });
    await this.frame.flush();
  }

  /** Takes back what was submitted before, and goes on there. What was begun here is kept. */
  private undo(id: number): Promise<void> {
    this.undoing ??= this.takeBack(id).finally(() => (this.undoing = undefined));
    return this.undoing;
  }

  private async takeBack(id: number): Promise<void> {
    if (this.submitting) return;
    await this.save();
    const reply = await this.server.persist<Next>(`/tasks/${id}/undo`, {});
    if (reply?.kind === 'ok') this.go(reply.data, 'Taken back; the task is open again.');
    else if (reply) toast(reply.message);
  }

  private go(next: Next, said?: string): void {
    this.over.abort();
    if (next.next === null) return location.assign(next.leave);
    const page = new DOMParser().parseFromString(next.html, 'text/html');
    become(this.root, document.adoptNode(page.querySelector<HTMLElement>('#task')!));
    // Back leads to the job list, not to a task that is done.
    history.replaceState(null, '', next.next);
    document.title = `${next.title} · secondlook`;
    const task = new TaskPage(this.root);
    task.start();
    if (said) toast(said);
    else task.saySubmitted(next.undo);
  }

  /** Of the task before this one. */
  private saySubmitted(undo: Undo | undefined): void {
    if (!undo) return toast(`Submitted — ${this.part('#queue').textContent}`);
    const until = Date.parse(undo.until);
    toast('Submitted.', undoButton(until, this.now, () => void this.undo(undo.id)), until - this.now());
  }

  private previous(): void {
    this.root.querySelector<HTMLAnchorElement>('#previous')?.click();
  }

  /** The grace of the server is longer than what a last draft takes. */
  private async timeUp(): Promise<void> {
    if (this.submitting) return;
    await this.save();
    if (!this.submitting) this.end('Time is up', TIME_IS_UP);
  }

  private end(title: string, message: string): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    for (const dialog of this.root.querySelectorAll('dialog')) dialog.close();
    for (const shown of this.root.querySelectorAll<HTMLElement>('.acts, .timer, #banner, #saved, #more')) shown.hidden = true;
    this.part('#ended-title').textContent = title;
    this.part('#ended-text').textContent = message;
    this.part('#ended').hidden = false;
    this.part('#page').inert = true;
    this.part('#ended').focus();
  }

  /** Has the page send what it has, and waits until the server has it, but not for ever. */
  private async save(): Promise<void> {
    if (this.frame.isDirty) await this.frame.flush();
    await this.draftStore.settled(SAVE_WAIT);
  }

  private async poll(): Promise<void> {
    if (document.visibilityState !== 'visible' || this.submitting) return;
    const reply = await this.server.ask<Queue>(`/tasks/${this.taskData.id}`);
    if (this.over.signal.aborted || this.submitting || !reply) return;
    if (reply.kind === 'rejected') return isOver(reply) ? this.end(ENDED, reply.message) : undefined;
    const more = reply.data.waiting;
    this.part('#queue').textContent = `${more >= 1000 ? '1,000+' : more || 'no'} more waiting`;
  }

  private reopen(): void {
    for (const cause of ['page', 'draft', 'tab']) this.banner.set(cause, null);
    this.frame.open();
  }

  private bar(ended: { signal: AbortSignal }): void {
    this.advance.checked = localStorage.getItem(ADVANCE) !== 'no';
    this.advance.addEventListener('change', () => localStorage.setItem(ADVANCE, this.advance.checked ? 'yes' : 'no'), ended);
    this.part('.back').addEventListener('click', (event) => void this.leave(event, () => location.assign('/work')), ended);
    const previous = this.root.querySelector<HTMLAnchorElement>('#previous');
    previous?.addEventListener('click', (event) => void this.leave(event, () => location.assign(previous.href)), ended);
    const pause = this.part<HTMLFormElement>('#pause');
    pause.addEventListener('submit', (event) => void this.leave(event, () => pause.submit()), ended);
    for (const form of this.root.querySelectorAll('dialog form')) form.addEventListener('submit', () => this.drop(), ended);
    addEventListener('keydown', (event) => this.onKey(event), ended);
  }

  /** Goes once the draft is on the server; if that is away, the copy in this browser remains. */
  private async leave(event: Event, go: () => void): Promise<void> {
    event.preventDefault();
    await this.save();
    go();
  }

  /** The worker gives the task back and the work up. */
  private drop(): void {
    this.over.abort();
    this.draftStore.forget();
  }

  private onKey(event: KeyboardEvent): void {
    if (isPreviousKey(event)) this.previous();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      this.frame.send({ type: 'request-submit' });
    }
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    if (event.key === '?' && !typing) this.part<HTMLDialogElement>('#help-dialog').showModal();
  }

  private note(): void {
    const isSaved = this.draftStore.isSaved && !this.frame.isDirty;
    this.part('#saved').textContent = isSaved ? 'Draft saved' : this.banner.has('draft') ? 'Draft not saved' : 'Saving…';
  }

  /** Is all that was done on the server or in this browser? */
  private get mayLeave(): boolean {
    return this.draftStore.isSafe && !this.frame.isDirty;
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
  frame.inert = false;
  frame.dataset.src = nextFrame.dataset.src!;
  Object.assign(root.dataset, next.dataset);
  for (const old of root.querySelectorAll('#task > :not(main), #ended')) {
    old.replaceWith(next.querySelector(`#${old.id}`)!);
  }
}
