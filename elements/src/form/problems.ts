/** What stands between a page and its submission: asks every field, and names the question that each problem is about. */
import { isPending } from '../loading/chunks.ts';
import { isAnswerElement, isForeign, isNative, isTick, type Native } from './fields.ts';
import { holdsJson } from './foreign-value.ts';
import { contentOf } from './page-forms.ts';
import { reasonOf } from './reasons.ts';
import { reveal } from './reveal.ts';
import { nameOfGroup, wordsFor } from './words.ts';

export type Problem = {
  /** The fields that are not right: one, or those of a group that answer one question together. Never none. */
  readonly fields: readonly [HTMLElement, ...HTMLElement[]];
  /** What is asked, and what to do: "Quality: choose one". Empty where the field alone says it. */
  readonly text: string;
  /** What to do, to be said at the field itself; undefined where that shows its own. */
  readonly reason?: string;
};

/** The problems of the page in document order. */
export function problemsOf(page: ParentNode): Problem[] {
  const fields = contentOf(page).filter((field) => !field.matches(':disabled'));
  const ticks = wrongTicks(fields);
  return fields.flatMap((field): Problem[] => {
    const problem = isTick(field) ? problemOfTicks(ticks.get(questionOf(field)) ?? [], field) : problemOf(field);
    return problem === undefined ? [] : [problem];
  });
}

/** Radio buttons and boxes of one name answer one question together; without a name each stands alone. */
const questionOf = (tick: HTMLInputElement): unknown => (tick.name === '' ? tick : `${tick.type} ${tick.name}`);

/** Those that are not right, by their question. */
function wrongTicks(fields: readonly HTMLElement[]): Map<unknown, HTMLInputElement[]> {
  const wrong = new Map<unknown, HTMLInputElement[]>();
  for (const tick of fields.filter(isTick)) {
    if (isRight(tick)) continue;
    const others = wrong.get(questionOf(tick));
    if (others) others.push(tick);
    else wrong.set(questionOf(tick), [tick]);
  }
  return wrong;
}

/** Is what the control holds acceptable? Asked without the event `invalid`, which a template may take for an attempt to submit. */
const isRight = (control: Native): boolean => !control.willValidate || control.validity.valid;

/** The problem of a question, told at the first of what is wrong. */
function problemOfTicks([first, ...others]: readonly HTMLInputElement[], tick: HTMLInputElement): Problem | undefined {
  if (first !== tick) return undefined;
  if (tick.type === 'radio') return said([tick, ...others], nameOfGroup(tick), reasonOf(tick));
  if (others.length === 0) return said([tick], wordsFor(tick), reasonOf(tick));
  return said([tick, ...others], nameOfGroup(tick), 'tick the boxes that must be ticked');
}

/** A question asks already. */
const named = (words: string, reason: string): string => `${words}${/[?!.:]$/.test(words) ? '' : ':'} ${reason}`;

const said = (fields: Problem['fields'], words: string, reason: string): Problem => ({ fields, text: named(words, reason), reason });

function problemOf(field: HTMLElement): Problem | undefined {
  const fields: Problem['fields'] = [field];
  if (isPending(field)) return { fields, text: `The element ${field.localName} is not there yet` };
  if (isAnswerElement(field)) {
    if (field.validate()) return undefined;
    return { fields, text: field.reason ? named(wordsFor(field), field.reason) : '' };
  }
  if (isNative(field)) return isRight(field) ? undefined : said(fields, wordsFor(field), reasonOf(field));
  if (!isForeign(field)) return undefined;
  if (!holdsJson(field)) return { fields, text: named(wordsFor(field), 'what it holds cannot be sent; the requester is told') };
  return isComplete(field) ? undefined : { fields, text: named(wordsFor(field), 'not complete yet') };
}

const isComplete = (field: HTMLElement): boolean => isForeign(field) && Boolean(field.validate?.() ?? field.checkValidity?.() ?? true);

/** Has what was wrong not been put right? Elements of ours look by themselves; a field that has gone is no problem. */
export function isStill({ fields }: Problem): boolean {
  return fields.some((field) => {
    if (!field.isConnected || field.matches(':disabled')) return false;
    if (isAnswerElement(field)) return (field.reason ?? '') !== '';
    if (isNative(field)) return !isRight(field);
    return isPending(field) || (isForeign(field) && !(holdsJson(field) && isComplete(field)));
  });
}

/** Brings the field of a problem to the worker's eyes, out of what may be closed around it. */
export function show({ fields: [field] }: Problem): void {
  reveal(field);
  field.scrollIntoView({ block: 'nearest' });
  field.focus({ preventScroll: true });
}
