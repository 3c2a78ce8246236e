/** The line under the bar that says what is in the way, with at most one thing to press; one per cause. */

export type Line = { text: string; bad?: boolean; link?: { href: string; label: string }; press?: { label: string; act: () => void } };

export class Banner {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly place: HTMLElement) {}

  /** Shows the line of a cause, or takes it away. The latest cause is on top. */
  set(cause: string, line: Line | null): void {
    this.lines.delete(cause);
    if (line) this.lines.set(cause, line);
    const shown = [...this.lines.values()].at(-1);
    this.place.hidden = !shown;
    this.place.replaceChildren(...(shown ? this.render(shown) : []));
    this.place.classList.toggle('bad', shown?.bad ?? false);
  }

  has(cause: string): boolean {
    return this.lines.has(cause);
  }

  private render(line: Line): (Node | string)[] {
    const parts: (Node | string)[] = [line.text];
    if (line.link) {
      const link = Object.assign(document.createElement('a'), { href: line.link.href, textContent: line.link.label });
      link.target = '_blank';
      parts.push(link);
    }
    if (line.press) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: line.press.label });
      button.className = 'quiet';
      button.addEventListener('click', line.press.act);
      parts.push(button);
    }
    return parts;
  }
}
