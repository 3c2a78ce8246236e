/**
 * Deflate (RFC 1951) for rows of pixels: what repeats is copied from four bytes before, which is all that a mask needs, and
 * costs per run of equal pixels instead of per byte. Knows no DOM.
 */
import { codeLengths, codesOf } from './huffman.ts';

const END = 256;
const LONGEST = 258;
/** The code of a copy from four bytes before. */
const DISTANCE_CODES = 4;

/** By the length of a copy: its symbol, and how many more bits it has, with their value. */
const COPIES: { symbol: number; bits: number; value: number }[] = [];
for (let symbol = 257, start = 3, bits = 0; symbol < 285; start += 1 << bits, symbol++) {
  bits = Math.max(0, Math.floor((symbol - 261) / 4));
  for (let value = 0; value < 1 << bits; value++) COPIES[start + value] = { symbol, bits, value };
}
COPIES[LONGEST] = { symbol: 285, bits: 0, value: 0 };

/** The order in which the lengths of the codes for lengths are written. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class Bits {
  private bytes = new Uint8Array(1 << 12);
  private size = 0;
  private pending = 0;
  private count = 0;

  write(value: number, bits: number): void {
    this.pending |= value << this.count;
    this.count += bits;
    while (this.count >= 8) {
      this.push(this.pending & 255);
      this.pending >>>= 8;
      this.count -= 8;
    }
  }

  /** Fills up the byte, with an empty stored block, so that what follows begins at one of its own. */
  align(): void {
    this.write(0, 3);
    if (this.count > 0) this.write(0, 8 - this.count);
    for (const byte of [0, 0, 255, 255]) this.push(byte);
  }

  get result(): Uint8Array {
    return this.bytes.slice(0, this.size);
  }

  private push(byte: number): void {
    if (this.size === this.bytes.length) {
      const larger = new Uint8Array(this.size * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.size++] = byte;
  }
}

/** Collects bytes and runs, and packs them into one block. */
export class Block {
  /** Bytes, and from 256 on copies of so many more bytes. */
  private tokens = new Uint16Array(1 << 12);
  private size = 0;
  private readonly counts = new Uint32Array(286);

  byte(value: number): void {
    this.push(value, value);
  }

  /** The four bytes of a pixel, `count` times. */
  pixels(bytes: readonly [number, number, number, number], count: number): void {
    for (const byte of bytes) this.byte(byte);
    for (let rest = 4 * (count - 1); rest > 0; ) {
      // What would leave a rest too short for a copy is made a little shorter.
      const length = rest <= LONGEST ? rest : Math.min(LONGEST, rest - 3);
      this.push(256 + length, (COPIES[length] as { symbol: number }).symbol);
      rest -= length;
    }
  }

  /** The block, which is not the last, filled up to a whole byte. */
  pack(): Uint8Array {
    this.counts[END] = 1;
    const lengths = codeLengths(this.counts, 15);
    const codes = codesOf(lengths);
    const bits = new Bits();
    bits.write(0, 1);
    bits.write(2, 2);
    writeLengths(bits, lengths);
    for (let index = 0; index < this.size; index++) {
      const token = this.tokens[index] as number;
      const copy = token < 256 ? undefined : (COPIES[token - 256] as (typeof COPIES)[number]);
      const symbol = copy?.symbol ?? token;
      bits.write(codes[symbol] as number, lengths[symbol] as number);
      if (!copy) continue;
      bits.write(copy.value, copy.bits);
      bits.write(0, 1); // the only distance
    }
    bits.write(codes[END] as number, lengths[END] as number);
    bits.align();
    return bits.result;
  }

  private push(token: number, symbol: number): void {
    if (this.size === this.tokens.length) {
      const larger = new Uint16Array(this.size * 2);
      larger.set(this.tokens);
      this.tokens = larger;
    }
    this.tokens[this.size++] = token;
    this.counts[symbol]! += 1;
  }
}

/** Writes how long the codes of bytes, copies and distances are, those lengths being coded themselves. */
function writeLengths(bits: Bits, lengths: Uint8Array): void {
  const tokens = shortened([...lengths, 0, 0, 0, 1]);
  const counts = new Uint32Array(19);
  for (const { symbol } of tokens) counts[symbol]! += 1;
  const own = codeLengths(counts, 7);
  const codes = codesOf(own);
  bits.write(lengths.length - 257, 5);
  bits.write(DISTANCE_CODES - 1, 5);
  bits.write(LENGTH_ORDER.length - 4, 4);
  for (const symbol of LENGTH_ORDER) bits.write(own[symbol] as number, 3);
  for (const { symbol, value, extra } of tokens) {
    bits.write(codes[symbol] as number, own[symbol] as number);
    bits.write(value, extra);
  }
}

type LengthToken = { readonly symbol: number; readonly value: number; readonly extra: number };

/** Most lengths are 0: symbol 17 stands for 3 to 10 of them, 18 for 11 to 138. */
function shortened(lengths: readonly number[]): LengthToken[] {
  const tokens: LengthToken[] = [];
  for (let start = 0, end = 0; start < lengths.length; start = end) {
    while (end < lengths.length && lengths[end] === 0 && end - start < 138) end += 1;
    const zeros = end - start;
    if (zeros >= 11) tokens.push({ symbol: 18, value: zeros - 11, extra: 7 });
    else if (zeros >= 3) tokens.push({ symbol: 17, value: zeros - 3, extra: 3 });
    else tokens.push({ symbol: lengths[(end = start + 1) - 1] as number, value: 0, extra: 0 });
  }
  return tokens;
}

/** What ends a stream of blocks. */
export const LAST_BLOCK: readonly number[] = [3, 0];
