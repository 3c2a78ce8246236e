/** The two sums by which a PNG is checked: CRC-32 of its chunks, Adler-32 of what they hold. Knows no DOM. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const MODULUS = 65521;

/** An Adler-32 that grows by single bytes, by pixels that repeat, and by the sum of what follows. */
export class Adler32 {
  private low = 1;
  private high = 0;
  private length = 0;

  byte(value: number): void {
    this.low = (this.low + value) % MODULUS;
    this.high = (this.high + this.low) % MODULUS;
    this.length += 1;
  }

  /** The four bytes of a pixel, `count` times. */
  pixels([red, green, blue, alpha]: readonly [number, number, number, number], count: number): void {
    const sum = red + green + blue + alpha;
    const weighted = 4 * red + 3 * green + 2 * blue + alpha;
    // Each pixel adds four times what the low half was before it, and its own bytes by how many of its sums they are in.
    const pairs = ((count * (count - 1)) / 2) % MODULUS;
    this.high = (this.high + 4 * count * this.low + 4 * pairs * sum + count * weighted) % MODULUS;
    this.low = (this.low + count * sum) % MODULUS;
    this.length += 4 * count;
  }

  append({ low, high, length }: Adler32): void {
    this.high = (this.high + high + (length % MODULUS) * (this.low - 1 + MODULUS)) % MODULUS;
    this.low = (this.low + low - 1 + MODULUS) % MODULUS;
    this.length += length;
  }

  get value(): number {
    return this.high * 65536 + this.low;
  }
}
