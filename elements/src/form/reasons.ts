/** Why a browser does not accept what a control holds, in the words of a request: after "Quality: " or alone. Knows no DOM. */

/** What HTML's own controls say of themselves. */
export type Asked = {
  readonly type: string;
  readonly value: string;
  readonly validity: Readonly<Partial<ValidityState>>;
  readonly validationMessage: string;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What a template says of a `pattern`. */
  readonly title?: string;
};

const MISSING: Record<string, string> = {
  checkbox: 'tick this box',
  radio: 'choose one',
  'select-one': 'choose one',
  'select-multiple': 'choose at least one',
  file: 'choose a file',
  date: 'give a date',
  'datetime-local': 'give a date and a time',
  month: 'give a month',
  week: 'give a week',
  time: 'give a time',
  number: 'give a number',
};

const FORM: Record<string, string> = {
  email: 'write an e-mail address, such as name@example.com',
  url: 'write a web address, such as https://example.com',
  number: 'write a number',
  date: 'give a whole date',
  'datetime-local': 'give a whole date and time',
  month: 'give a whole month',
  week: 'give a whole week',
  time: 'give a whole time',
};

const OTHER_FORM = 'write this in the form that is asked for';

const isMoment = (type: string): boolean => ['date', 'datetime-local', 'month', 'week', 'time'].includes(type);

/** The reason of one control that is not valid. */
export function reasonOf({ type, value, validity, validationMessage, min, max, step, minLength, maxLength, title }: Asked): string {
  if (validity.customError) return validationMessage;
  if (validity.valueMissing) return MISSING[type] ?? 'fill this in';
  if (validity.badInput || validity.typeMismatch) return FORM[type] ?? OTHER_FORM;
  if (validity.tooShort) return tooShort(value, minLength ?? 0);
  if (validity.tooLong) return `write at most ${maxLength} characters; there are ${value.length}`;
  if (validity.rangeUnderflow) return `give ${min} or ${isMoment(type) ? 'later' : 'more'}`;
  if (validity.rangeOverflow) return `give ${max} or ${isMoment(type) ? 'earlier' : 'less'}`;
  if (validity.stepMismatch) return step && !isMoment(type) ? `go in steps of ${step}` : validationMessage;
  if (validity.patternMismatch) return title || OTHER_FORM;
  return validationMessage;
}

export const tooShort = (value: string, least: number): string => `write at least ${least} characters; there are ${value.length}`;
