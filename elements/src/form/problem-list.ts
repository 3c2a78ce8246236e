/** The problems that the last submission met, until each is put right: said at the fields, and listed in one place. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { sayAt } from './field-message.ts';
import { isStill, problemsOf, show, type Problem } from './problems.ts';

export const problemListStyles = css`
  .problems {
    display: grid;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
  }

  .problems .button {
    color: var(--ink);
    font-weight: 500;
    min-height: 24px;
    text-align: start;
    white-space: normal;
  }
`;

export class ProblemList {
  private problems: readonly Problem[] = [];
  /** How to take the message of a problem away from its fields. */
  private readonly said = new Map<Problem, () => void>();

  constructor(private readonly changed: () => void) {}

  /** Asks every field of the page; true when all are right. */
  ask(page: ParentNode): boolean {
    this.clear();
    this.problems = problemsOf(page);
    for (const problem of this.problems) this.said.set(problem, sayAt(problem));
    this.changed();
    const [first] = this.problems;
    if (first !== undefined) show(first);
    return first === undefined;
  }

  /** Lets go of what has been put right since. */
  look(): void {
    const right = this.problems.filter((problem) => !isStill(problem));
    if (right.length === 0) return;
    for (const problem of right) this.takeBack(problem);
    this.problems = this.problems.filter((problem) => !right.includes(problem));
    this.changed();
  }

  clear(): void {
    if (this.problems.length === 0) return;
    for (const problem of this.problems) this.takeBack(problem);
    this.problems = [];
    this.changed();
  }

  /** Is there anything that no field says alone? */
  get hasText(): boolean {
    return this.problems.some(({ text }) => text !== '');
  }

  render(): TemplateResult | typeof nothing {
    if (!this.hasText) return nothing;
    const listed = this.problems.filter(({ text }) => text !== '');
    return html`<ul class="problems">
      ${listed.map((problem) => html`<li><button class="button link" type="button" @click=${() => show(problem)}>${problem.text}</button></li>`)}
    </ul>`;
  }

  private takeBack(problem: Problem): void {
    this.said.get(problem)?.();
    this.said.delete(problem);
  }
}
