/** Keeps a mark at the top right corner of another element, wherever both stand on the page and however that moves. */

/** Distance of a mark from the window's edge, in CSS pixels. */
const MARGIN = 4;

export class Attachment {
  private readonly sizes = new ResizeObserver(() => this.later());
  private readonly page = new MutationObserver(() => this.later());
  private target: Element | null = null;
  private frame = 0;

  constructor(
    private readonly mark: () => HTMLElement,
    private readonly find: () => Element | null,
  ) {}

  start(): void {
    this.sizes.observe(document.body);
    this.page.observe(document, { childList: true, subtree: true });
    window.addEventListener('resize', this.later);
    // Of whatever scrolls.
    window.addEventListener('scroll', this.later, { capture: true, passive: true });
    this.place();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.sizes.disconnect();
    this.page.disconnect();
    this.target = null;
    window.removeEventListener('resize', this.later);
    window.removeEventListener('scroll', this.later, { capture: true });
  }

  /** Moves the mark to its element; without one it stays where it stands. */
  place(): void {
    const mark = this.mark();
    const target = this.find();
    this.follow(target);
    mark.classList.toggle('attached', target !== null);
    mark.classList.remove('unseen');
    mark.style.translate = '';
    if (target === null) return;
    const goal = target.getBoundingClientRect();
    const { left, top, width, height } = mark.getBoundingClientRect();
    const x = Math.min(goal.right - width / 2, document.documentElement.clientWidth - width - MARGIN);
    const y = Math.max(goal.top - height / 2, MARGIN - window.scrollY);
    mark.classList.toggle('unseen', goal.width === 0 && goal.height === 0);
    mark.style.translate = `${x - left}px ${y - top}px`;
  }

  private follow(target: Element | null): void {
    if (target === this.target) return;
    if (this.target) this.sizes.unobserve(this.target);
    if (target) this.sizes.observe(target);
    this.target = target;
  }

  private readonly later = (): void => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.place();
    });
  };
}
