/** The attributes of `crowd-question-answer-generation`, as it understands them. */
import { AttributeError, readTexts } from '../base/json-attributes.ts';
import type { Bounds, Limits } from './pairs.ts';

/** At least one, unless the template says otherwise; no more than it says. */
function boundsOf(element: Element, least: string, most: string): Bounds {
  const number = (name: string, usual: number): number => {
    const text = element.getAttribute(name) ?? '';
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? Math.floor(value) : usual;
  };
  const from = number(least, 1);
  return { least: from, most: Math.max(number(most, Infinity), from) };
}

export const limitsOf = (element: Element): Limits => ({
  questions: boundsOf(element, 'min-questions', 'max-questions'),
  question: boundsOf(element, 'question-min-words', 'question-max-words'),
  answer: boundsOf(element, 'answer-min-words', 'answer-max-words'),
});

/** The tags, or what is wrong with the attribute. */
export function tagsOf(element: Element): { tags: readonly string[]; fault?: string } {
  try {
    return { tags: readTexts('question-tags', element.getAttribute('question-tags') ?? '') };
  } catch (error) {
    if (!(error instanceof AttributeError)) throw error;
    return { tags: [], fault: error.message };
  }
}

/** Templates write `allow-custom-question-tags=true`, so `false` is meant too. */
export const allowsOwnTags = (element: Element): boolean => {
  const text = element.getAttribute('allow-custom-question-tags');
  return text !== null && text.trim().toLowerCase() !== 'false';
};

export const ATTRIBUTES = [
  'min-questions',
  'max-questions',
  'question-min-words',
  'question-max-words',
  'answer-min-words',
  'answer-max-words',
  'question-tags',
  'allow-custom-question-tags',
];
