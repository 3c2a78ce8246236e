/** How tall a tool is: what the window has left beside everything else on the page. */
import { afterResize } from '../base/after-resize.ts';

/** A stage needs this much to be worked on, in CSS pixels: the tool's own `min-height`. */
export const LEAST_HEIGHT = 400;

/** Where the page has to be scrolled anyway, the tool takes this share of the window: what follows it stays in sight. */
const SHARE = 0.7;

/** The height for a tool in a window of height `whole` with `rest` pixels of other content above and below it. */
export const heightFor = (whole: number, rest: number): number =>
  whole - rest >= LEAST_HEIGHT ? Math.floor(whole - rest) : Math.max(LEAST_HEIGHT, Math.floor(whole * SHARE));

/** The height of the page's content. A page that is shorter than the window counts as what it holds. */
function contentHeight({ documentElement: root }: Document): number {
  return root.scrollHeight > root.clientHeight ? root.scrollHeight : root.getBoundingClientRect().height;
}

/** Keeps `--tool-height` of the tool, by which `work` inside it is sized, at what the page leaves for it. */
export function fillWindow(tool: HTMLElement, work: Element): void {
  const fill = (): void => {
    const { height } = work.getBoundingClientRect();
    if (height > 0) tool.style.setProperty('--tool-height', `${heightFor(window.innerHeight, contentHeight(document) - height)}px`);
  };
  afterResize(document.body, fill);
  window.addEventListener('resize', () => requestAnimationFrame(fill));
}
