/** What the banner of a task page says. */
import type { Line } from './banner.ts';
import { DEMO_IS_OVER, isDemo } from './demo.ts';
import type { ServerError } from './server.ts';

const ERRORS: { [key in ServerError]: string } = {
  unreachable: 'The server cannot be reached. What you have done is kept here and sent as soon as it is back.',
  unavailable: 'The database of the server does not answer. What you have done is kept here and sent as soon as it is back.',
  'signed-out': 'You are signed out. What you have done is kept here.',
  'wrong-network': 'This portal cannot be used from the network that you are in now. What you have done is kept here and sent as soon as you are back.',
  'other-person': 'Somebody else is signed in now in this browser. What you have done is kept here for you.',
};

const SIGN_IN = { href: `/sign-in?next=${encodeURIComponent('/work')}`, label: 'Sign in again in a new tab' };

/** What stands between the page and the server. */
export function errorLine(error: ServerError | null): Line | null {
  if (!error) return null;
  if (error === 'unreachable' && isDemo()) return { text: DEMO_IS_OVER };
  const isStranger = error === 'signed-out' || error === 'other-person';
  return { text: ERRORS[error], bad: true, ...(isStranger ? { link: SIGN_IN } : {}) };
}

/** A draft was refused; `reason` is half a sentence or one. */
export const unsavedLine = (reason: string): Line => ({
  text: `Your work is not saved as a draft: ${reason.replace(/\.$/, '')}. It stays while this page is open, and you can go on and submit.`,
  bad: true,
});

export const elsewhereLine = (show: () => void): Line => ({
  text: 'This task was changed in another tab; what is done last counts.',
  press: { label: 'Show it here', act: show },
});

export const outdatedLine = (message: string): Line => ({
  text: message,
  bad: true,
  press: { label: 'Show the newer one', act: () => location.reload() },
});

const ADVICE = 'is passed on to whoever sent the task. If you cannot do it like this, decline it.';

export const reportLine = (message: string): Line => ({ text: `The task page reports: ${message.replace(/\.$/, '')}. This ${ADVICE}` });

/** Of a report that stands on the page itself: nobody has to read it twice. */
export const BROKEN: Line = { text: `What is wrong with this page ${ADVICE}` };

export const leftLine = (show: () => void): Line => ({
  text: 'The task page led itself to another page. Your draft is kept.',
  press: { label: 'Show the task again', act: show },
});

export const floodedLine = (show: () => void): Line => ({
  text: 'The task page sends without end and was cut off. Your draft is kept. If this happens again, decline or release the task.',
  press: { label: 'Show the task again', act: show },
});

export const SILENT: Line = { text: 'The task page does not answer. If it cannot be worked on, decline or release the task.' };

export const TIME_IS_UP =
  'The time for this task has run out and it went back to the queue. Your draft is kept: if you take this task again, it opens where you left it.';
