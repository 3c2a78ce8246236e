/**
 * Reads the JSON-like text that task templates put into attributes: single quotes, bare keys, trailing commas and
 * comments are all in use (`a2i-facts/crowd-elements/index.md`, rule 4).
 *
 * Ours and not the `json5` package, because a template's author needs to be told what stands where, and because
 * attributes hold arrays and objects of strings and numbers only: a tenth of that package.
 */
import type { Json } from '../frame/protocol.ts';

/** Says what was expected and quotes the text around the place. */
export class LenientJsonError extends SyntaxError {
  constructor(expected: string, text: string, at: number) {
    const actual = at < text.length ? `found ${JSON.stringify(text.slice(at, at + 12))}` : 'the text ends';
    super(`expected ${expected} at character ${at + 1}, ${actual}`);
  }
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0', '\n': '' };
const WORDS: Record<string, Json> = { true: true, false: false, null: null };

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail('nothing more');
    return value;
  }

  private fail(expected: string): never {
    throw new LenientJsonError(expected, this.text, this.at);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  private space(): void {
    this.match(/(?:\s|\uFEFF|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  }

  private take(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private value(): Json {
    if (this.take('[')) return this.array();
    if (this.take('{')) return this.object();
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.string();
    const number = this.match(/[+-]?(?:NaN\b|Infinity\b|0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y);
    if (number !== undefined) return Number(number.replace(/^\+/, ''));
    const start = this.at;
    const word = this.match(/[A-Za-z]+/y);
    if (word !== undefined && Object.hasOwn(WORDS, word)) return WORDS[word] as Json;
    this.at = start;
    this.fail('a list, an object, a quoted text or a number');
  }

  private array(): Json[] {
    const items: Json[] = [];
    while (!this.take(']')) {
      items.push(this.value());
      if (!this.take(',') && this.text[this.at] !== ']') this.fail('"," or "]"');
    }
    return items;
  }

  private object(): { [key: string]: Json } {
    const entries: [string, Json][] = [];
    while (!this.take('}')) {
      const key = this.key();
      if (!this.take(':')) this.fail('":" after a key');
      entries.push([key, this.value()]);
      if (!this.take(',') && this.text[this.at] !== '}') this.fail('"," or "}"');
    }
    return Object.fromEntries(entries);
  }

  private key(): string {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.string();
    return this.match(/[\p{L}\p{N}_$-]+/uy) ?? this.fail('a key');
  }

  private string(): string {
    const quote = this.text[this.at];
    let result = '';
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at] as string;
      if (character === quote) {
        this.at += 1;
        return result;
      }
      result += character === '\\' ? this.escape() : character;
    }
    this.fail(`a closing ${quote}`);
  }

  private escape(): string {
    this.at += 1;
    const kind = this.text[this.at] ?? '';
    const digits = { u: 4, x: 2 }[kind];
    if (digits === undefined) return ESCAPES[kind] ?? kind;
    const code = this.text.slice(this.at + 1, this.at + 1 + digits);
    if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(code)) this.fail(`${digits} hexadecimal digits`);
    this.at += digits;
    return String.fromCharCode(parseInt(code, 16));
  }
}

/** The value that `text` spells; throws {@link LenientJsonError} where it spells none. */
export const parseLenient = (text: string): Json => new Reader(text).document();
