/** How far labels have to be read to be told apart. Knows no DOM. */

const LEAST = 3;

/** How many letters two texts have in common at their beginnings. */
function shared(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}

/**
 * The shortest beginning of each label, of at least three letters, with which no other label begins. A label that is the beginning
 * of another one stays whole.
 */
export function beginnings(labels: readonly string[]): ReadonlyMap<string, string> {
  const sorted = [...new Set(labels)].map((label) => ({ label, letters: [...label.trim()] }));
  // In this order those that have most in common with a label stand beside it.
  sorted.sort((a, b) => (a.label.trim() < b.label.trim() ? -1 : 1));
  return new Map(
    sorted.map(({ label, letters }, index) => {
      const beside = [sorted[index - 1], sorted[index + 1]].map((other) => (other ? shared(letters, other.letters) : 0));
      let count = Math.max(LEAST, 1 + Math.max(...beside));
      // A space at the end would not be seen, and what stands before it may be another label.
      while (letters[count - 1] === ' ') count += 1;
      return [label, letters.slice(0, count).join('').trim()] as const;
    }),
  );
}

/** Where the shortest beginning is longer than this, letters in its middle can be left out. */
const SHORT = 7;

/**
 * The same without what begins alike, such as "ped…wal": the first three letters, and the last three of the shortest beginning.
 * Missing for labels which that would not shorten or not tell from all others.
 */
export function abbreviations(shortest: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const uses = new Map<string, number>();
  for (const [label, beginning] of shortest) {
    const letters = [...beginning];
    if (letters.length <= SHORT) continue;
    const text = `${letters.slice(0, LEAST).join('').trim()}…${letters.slice(-LEAST).join('').trim()}`;
    found.set(label, text);
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  return new Map([...found].filter(([, text]) => uses.get(text) === 1));
}
