/** Characters that a field does not take: each is tried by itself, and a text that is pasted is taken whole or not at all. */

export class AllowedCharacters {
  private pattern = '';
  private compiled: RegExp | undefined;

  /** `report` is told of a pattern that is no regular expression, which then allows all. */
  constructor(private readonly report: (message: string) => void) {}

  /** What of the text that the event would put into the field is not allowed; empty where all of it is. */
  refused({ data, dataTransfer }: Pick<InputEvent, 'data' | 'dataTransfer'>, pattern: string): string {
    const allowed = this.compile(pattern);
    const text = data ?? dataTransfer?.getData('text/plain') ?? '';
    if (allowed === undefined) return '';
    return [...text].find((character) => !allowed.test(character)) ?? '';
  }

  private compile(pattern: string): RegExp | undefined {
    if (pattern === this.pattern) return this.compiled;
    this.pattern = pattern;
    try {
      this.compiled = pattern === '' ? undefined : new RegExp(pattern);
    } catch (error) {
      this.compiled = undefined;
      this.report(`The attribute allowed-pattern cannot be read: ${(error as Error).message}`);
    }
    return this.compiled;
  }
}
