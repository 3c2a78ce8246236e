/** The script of the portal: keeps the job list alive, and works the frame, the clock and the drafts of a task page. */
import { dialogs } from './portal/dialogs.ts';
import { LiveList } from './portal/live-list.ts';
import { TaskPage } from './portal/task-page.ts';

dialogs(document);

const list = document.querySelector<HTMLElement>('#jobs');
if (list) new LiveList(list).start();

const task = document.querySelector<HTMLElement>('#task');
if (task) new TaskPage(task).start();
