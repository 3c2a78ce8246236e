/** Breaks a text into lines that fit. Knows no DOM. */

/**
 * Lines of the text that are no wider than `width` where they can be: broken between words, behind the marks that join words in
 * names, and within what is wider alone. What does not fit into `most` lines is cut.
 */
export function wrap(text: string, width: number, most: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  const fits = (part: string): boolean => measure((line + part).trimEnd()) <= width;
  for (const part of text.trim().replace(/\s+/g, ' ').split(/(?<=[\s_/-])/)) {
    if (!fits(part)) end();
    if (fits(part)) line += part;
    else {
      for (const letter of part) {
        if (!fits(letter)) end();
        line += letter;
      }
    }
  }
  lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  const letters = [...(lines[most - 1] as string)];
  while (letters.length > 1 && measure(`${letters.join('')}…`) > width) letters.pop();
  return [...lines.slice(0, most - 1), `${letters.join('').trimEnd()}…`];
}
