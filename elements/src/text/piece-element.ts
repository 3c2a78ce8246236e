/** A piece of a text under spans, as the page shows it: its colours, its lines, and the tags of the spans that begin there. */
import { readsRightToLeft } from './extent.ts';
import type { Drawn, Piece } from './pieces.ts';

/** So many lines have room under a line of text; the style sheet knows as many. */
const LANES = 4;

/** A place where more spans begin shows how many more. */
const MOST_TAGS = 8;

export function elementOf({ start, covers }: Piece, text: Text, isHighlighted: boolean): HTMLElement {
  const element = document.createElement(covers.length > 0 ? 'mark' : 'span');
  element.className = 'piece';
  element.classList.toggle('highlighted', isHighlighted);
  element.classList.toggle('right-to-left', readsRightToLeft(text.data, 0));
  const inner = covers.at(-1);
  if (inner) {
    element.style.setProperty('--tint', inner.color);
    element.style.setProperty('--depth', String(Math.min(Math.max(...covers.map(({ lane }) => lane)) + 1, LANES)));
    for (const { lane, color } of covers) element.style.setProperty(`--lane-${Math.min(lane, LANES - 1)}`, color);
    element.dataset.spans = covers.map(({ id }) => id).join(' ');
    const begun = covers.filter((cover) => cover.start === start);
    if (begun.length > 0) element.append(tags(begun));
  }
  element.append(text);
  return element;
}

function tags(spans: readonly Drawn[]): HTMLElement {
  const element = document.createElement('span');
  element.className = 'tags';
  element.append(...spans.slice(0, MOST_TAGS).map(tag));
  if (spans.length > MOST_TAGS) element.append(`+${spans.length - MOST_TAGS}`);
  return element;
}

function tag({ id, short, color }: Drawn): HTMLElement {
  const element = document.createElement('span');
  element.className = 'tag';
  element.dataset.span = String(id);
  element.style.setProperty('--tint', color);
  const words = document.createElement('span');
  words.className = 'words';
  words.textContent = short;
  element.append(words);
  return element;
}

/** The X next to the short name. The keyboard has the Delete key. */
export function removeButton(noun: string, remove: () => void): HTMLElement {
  const button = document.createElement('button');
  button.className = 'remove';
  button.type = 'button';
  button.tabIndex = -1;
  button.title = `Delete the ${noun} (Delete)`;
  button.setAttribute('aria-label', `Delete the ${noun}`);
  button.textContent = '×';
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    remove();
  });
  return button;
}
