/** The script of the portal: keeps the job list alive, works the frame, the clock and the drafts of a task page, and sends what earlier visits left. */
import { dialogs } from './portal/dialogs.ts';
import { noteDemo } from './portal/demo.ts';
import { Leftovers } from './portal/leftovers.ts';
import { LiveList } from './portal/live-list.ts';
import { Log } from './portal/log.ts';
import { SubmittedPage } from './portal/submitted-page.ts';
import { TaskPage } from './portal/task-page.ts';
import { countUndoForms } from './portal/undo.ts';

noteDemo();
dialogs(document);

const list = document.querySelector<HTMLElement>('#jobs');
if (list) new LiveList(list).start();

const log = document.querySelector<HTMLElement>('#log-lines');
if (log) new Log(log, document.querySelector<HTMLElement>('#follow')!).start();

countUndoForms(document);

const submitted = document.querySelector<HTMLElement>('#submitted');
if (submitted) new SubmittedPage(submitted).start();

const task = document.querySelector<HTMLElement>('#task');
if (task) new TaskPage(task).start();

// Every page of somebody who is signed in, but for a task at work, which sends its own.
if (document.querySelector('form[action="/sign-out"]')) new Leftovers().start();
