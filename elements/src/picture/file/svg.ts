/** Drawings are text: whether a file is one, and whether it moves, is told by reading it. */

/** What may stand before a drawing's first element: its way to begin and to end. */
const PROLOG: readonly (readonly [string, string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
];

const DOCTYPE = /<!DOCTYPE[^>[]*(\[[^\]]*\]\s*)?>/y;
const ROOT = /<([\w.-]+:)?svg[\s>/]/y;
const SPACE = /\s*/y;

/** What moves without a script: elements of SMIL, and animations of CSS. */
const MOVES = /<([\w.-]+:)?(animate|animateMotion|animateTransform|set)[\s>/]|@(-webkit-)?keyframes\b/;

/** The text of a file, or '' where its first bytes are none that a drawing may begin with. */
function textOf(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return [0xef, 0x3c, 0x20, 0x09, 0x0a, 0x0d].includes(first) ? new TextDecoder().decode(bytes) : '';
}

export function isDrawing(bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  for (let at = 0; at < text.length; ) {
    at = after(SPACE, text, at) ?? at;
    const closed = PROLOG.find(([start]) => text.startsWith(start, at));
    if (!closed) {
      const next = after(DOCTYPE, text, at);
      if (next === undefined) return after(ROOT, text, at) !== undefined;
      at = next;
    } else {
      const [start, end] = closed;
      const close = text.indexOf(end, at + start.length);
      if (close < 0) return false;
      at = close + end.length;
    }
  }
  return false;
}

export const isMovingDrawing = (bytes: Uint8Array): boolean => MOVES.test(textOf(bytes));

/** Where the match of a sticky pattern at `at` ends. */
function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
