/** Questions with their answers about a text, and what they must be like. Knows no DOM. */
import { isJsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';

export type Pair = {
  /** Names the pair for the passages that are marked for it; never used again. */
  readonly id: number;
  readonly question: string;
  readonly answer: string;
  readonly tags: readonly string[];
  /** The whole text is meant, and no passage of it. */
  readonly wholeText: boolean;
};

/** Numbers of words; the largest may be infinite. */
export type Bounds = { readonly least: number; readonly most: number };

export type Limits = { readonly questions: Bounds; readonly question: Bounds; readonly answer: Bounds };

export const blank = (id: number): Pair => ({ id, question: '', answer: '', tags: [], wholeText: false });

const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text, which in some scripts have no spaces between them. */
export function countWords(text: string): number {
  const parts = text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return parts.reduce((sum, part) => sum + (WITHOUT_SPACES.test(part) ? segments(part) : 1), 0);
}

function segments(text: string): number {
  if (!('Segmenter' in Intl)) return [...text].length;
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter(({ isWordLike }) => isWordLike).length;
}

/** Has nobody written anything here? Such a pair is not part of the answer. */
export const isBlank = ({ question, answer, tags, wholeText }: Pair, references: number): boolean =>
  question.trim() === '' && answer.trim() === '' && tags.length === 0 && !wholeText && references === 0;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** "1 to 100 words", "at least 1 word". */
export const boundsInWords = ({ least, most }: Bounds, noun: string): string =>
  most === Infinity ? `at least ${count(least, noun)}` : least === most ? `exactly ${count(most, noun)}` : `${least} to ${count(most, noun)}`;

const lies = (number: number, { least, most }: Bounds): boolean => number >= least && number <= most;

/** What is wrong with a pair, in sentences. */
export function problemsOf(pair: Pair, references: number, limits: Limits): string[] {
  const words = (what: 'question' | 'answer'): string[] => {
    const number = countWords(pair[what]);
    return lies(number, limits[what]) ? [] : [`The ${what} needs ${boundsInWords(limits[what], 'word')}, and has ${number}.`];
  };
  const unmarked = pair.wholeText || references > 0 ? [] : ['Mark the passage of the text that it is about, or say that it is the whole text.'];
  return [...words('question'), ...words('answer'), ...unmarked];
}

/** What is wrong with so many pairs; empty when nothing is. */
export const problemOfCount = (number: number, { questions }: Limits): string =>
  lies(number, questions) ? '' : `This task asks for ${boundsInWords(questions, 'question')}, and there ${number === 1 ? 'is' : 'are'} ${number}.`;

/** A pair of a draft, or nothing where it is none. */
export function readPair(saved: Json | undefined): Pair | undefined {
  if (!isJsonObject(saved)) return undefined;
  const { id, question, answer, tags, wholeText } = saved;
  if (typeof id !== 'number' || typeof question !== 'string' || typeof answer !== 'string' || !Array.isArray(tags)) return undefined;
  return { id, question, answer, tags: tags.map(String), wholeText: wholeText === true };
}
