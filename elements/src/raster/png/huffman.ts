/** Codes of few bits for what comes often, as deflate uses them (RFC 1951, 3.2.2). Knows no DOM. */

/** By symbol, how many bits its code has, at most `limit`; 0 for a symbol that does not occur. At least two must. */
export function codeLengths(counts: ArrayLike<number>, limit: number): Uint8Array {
  for (let weights = Array.from(counts); ; weights = weights.map((weight) => Math.ceil(weight / 2))) {
    const lengths = unlimited(weights);
    // Weights that are closer to each other make longer codes shorter.
    if (Math.max(...lengths) <= limit) return lengths;
  }
}

type Node = { readonly weight: number; readonly symbols: readonly number[] };

/** Joins the two lightest until one is left; each joining makes the codes of all symbols in it a bit longer. */
function unlimited(weights: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(weights.length);
  const leaves: Node[] = [...weights.keys()]
    .filter((symbol) => weights[symbol])
    .map((symbol) => ({ weight: weights[symbol] as number, symbols: [symbol] }))
    .sort((a, b) => a.weight - b.weight);
  const joined: Node[] = [];
  const lightest = (): Node => ((joined[0]?.weight ?? Infinity) < (leaves[0]?.weight ?? Infinity) ? joined : leaves).shift() as Node;
  while (leaves.length + joined.length > 1) {
    const [a, b] = [lightest(), lightest()];
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol]! += 1;
    joined.push({ weight: a.weight + b.weight, symbols });
  }
  return lengths;
}

/** By symbol, its code, its first bit lowest as deflate writes it. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length++, code *= 2) {
    for (const [symbol, own] of lengths.entries()) if (own === length) codes[symbol] = reversed(code++, length);
  }
  return codes;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) if (code & (1 << bit)) result |= 1 << (length - 1 - bit);
  return result;
}
