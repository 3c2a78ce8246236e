/**
 * Brings the elements that a page uses: those on it, and those that scripts add later. What does not come is said where it
 * should stand, and asked for again when the worker wants it or the network is back.
 */
import { arrivals } from '../base/arrivals.ts';
import { isAwaited, whenOver } from './brought.ts';
import { CHUNK_TAGS, HOLDER_TAGS, isPending, pendingIn } from './chunks.ts';
import { classNameOf } from './class-name.ts';
import { failureOf, showFailure } from './failure.ts';

const TAGS = CHUNK_TAGS.join();

/** Imports the chunk of a tag; `attempt` counts from 0, since browsers may remember that an address failed. */
export type Import = (tag: string, attempt: number) => Promise<Record<string, CustomElementConstructor>>;

export class Loader {
  private readonly roots = new Set<ParentNode & Node>();
  /** On their way, by tag. */
  private readonly coming = new Map<string, Promise<void>>();
  /** How often they have failed, by tag. */
  private readonly failures = new Map<string, number>();
  /** How to take the message out of an element that has not come. */
  private readonly notices = new Map<HTMLElement, () => void>();

  constructor(
    private readonly load: Import,
    private readonly report: (message: string) => void,
  ) {}

  /** Brings what is in `root` now and what comes into it. */
  watch(root: ParentNode & Node): void {
    if (this.roots.has(root)) return;
    if (this.roots.size === 0) {
      window.addEventListener('online', () => this.retry());
      whenOver(() => this.scan());
    }
    this.roots.add(root);
    new MutationObserver((records) => this.take(arrivals<HTMLElement>(records, TAGS).filter(isPending))).observe(root, { childList: true, subtree: true });
    this.scan();
  }

  /** Resolves when nothing is on its way any more, with the tags of what has not come. */
  async settled(): Promise<string[]> {
    this.scan();
    while (this.coming.size > 0) await Promise.all(this.coming.values());
    return this.pending.map(({ localName }) => localName);
  }

  private get pending(): HTMLElement[] {
    return [...this.roots].flatMap(pendingIn);
  }

  private scan(): void {
    this.take(this.pending);
  }

  private take(pending: readonly HTMLElement[]): void {
    for (const element of pending) if (this.failures.has(element.localName)) this.note(element);
    this.bring(pending.filter(({ localName }) => !this.failures.has(localName) && !isAwaited(localName)));
  }

  private readonly retry = (): void => this.bring(this.pending);

  private bring(elements: readonly HTMLElement[]): void {
    const used = new Set(elements.map(({ localName }) => localName));
    const tags = CHUNK_TAGS.filter((tag) => used.has(tag) && !this.coming.has(tag));
    if (tags.length === 0) return;
    const all = this.define(tags).finally(() => {
      for (const tag of tags) this.coming.delete(tag);
    });
    for (const tag of tags) this.coming.set(tag, all);
  }

  /** Defines what comes of these tags, in their order, and after what may hold them: a page that is read in pieces asks in pieces. */
  private async define(tags: readonly string[]): Promise<void> {
    const holders = HOLDER_TAGS.map((tag) => this.coming.get(tag));
    const results = await Promise.allSettled(tags.map((tag) => this.load(tag, this.failures.get(tag) ?? 0)));
    await Promise.all(holders);
    for (const [index, tag] of tags.entries()) {
      const result = results[index];
      const element = result?.status === 'fulfilled' ? result.value[classNameOf(tag)] : undefined;
      if (element) this.succeed(tag, element);
      else this.fail(tag);
    }
  }

  private succeed(tag: string, element: CustomElementConstructor): void {
    this.failures.delete(tag);
    for (const [host, clear] of this.notices) {
      if (host.localName !== tag) continue;
      clear();
      this.notices.delete(host);
    }
    // A template may have brought one of its own meanwhile.
    if (!customElements.get(tag)) customElements.define(tag, element);
  }

  private fail(tag: string): void {
    this.failures.set(tag, (this.failures.get(tag) ?? 0) + 1);
    this.report(failureOf(tag));
    this.scan();
  }

  private note(element: HTMLElement): void {
    if (!this.notices.has(element)) this.notices.set(element, showFailure(element, this.retry));
  }
}
