/** A task that was submitted, as its worker left it: the page with its draft, read only. */
import { isPreviousKey } from '../../src/frame/looking-back.ts';
import { FrameLink } from './frame-link.ts';
import { taskDataOf, type TaskData } from './task-data.ts';

const nothing = (): void => {};

export class SubmittedPage {
  private readonly frame: FrameLink | undefined;
  private readonly taskData: TaskData;

  constructor(private readonly root: HTMLElement) {
    this.taskData = taskDataOf(root);
    const frame = root.querySelector<HTMLIFrameElement>('#page');
    if (frame) this.frame = new FrameLink(frame, this.frameEvents, new AbortController().signal);
  }

  start(): void {
    this.frame?.open();
    addEventListener('keydown', (event) => isPreviousKey(event) && this.root.querySelector<HTMLElement>('form.undo button')?.focus());
  }

  private readonly frameEvents = {
    ready: () => void this.show(),
    dirty: nothing,
    draft: nothing,
    unchanged: nothing,
    unkept: nothing,
    submit: nothing,
    // Who only looks has nothing remembered.
    preference: nothing,
    previous: nothing,
    error: nothing,
    left: nothing,
    flooded: nothing,
    silent: nothing,
  };

  private async show(): Promise<void> {
    const { draft, preferences } = this.taskData;
    this.frame?.send({ type: 'preferences', preferences });
    if (draft) await this.frame?.restore(draft);
    this.frame?.send({ type: 'read-only' });
  }
}
