/**
 * CRC-64 as Redis computes it: the "Jones" polynomial 0xad93d23594c935a9, bits reflected, initial value 0, no final xor. The state is
 * two 32-bit halves, since numbers hold no 64 bits and bigints are slow.
 */
export class Crc64 {
  #low = 0;
  #high = 0;

  /** Takes the bytes from `start` to `end` (exclusive) in. */
  update(bytes: Uint8Array, start: number, end: number): void {
    let low = this.#low;
    let high = this.#high;
    for (let i = start; i < end; i++) {
      const index = ((low ^ (bytes[i] ?? 0)) & 0xff) << 1;
      low = ((low >>> 8) | (high << 24)) ^ (table[index] ?? 0);
      high = (high >>> 8) ^ (table[index + 1] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }

  /** The checksum of all bytes so far. */
  get value(): bigint {
    return (BigInt(this.#high >>> 0) << 32n) | BigInt(this.#low >>> 0);
  }
}

const reflectedPolynomial = 0x95ac9329ac4bc9b5n;

/** Low and high halves in turn, for each byte. */
const table = makeTable();

function makeTable(): Int32Array {
  const halves = new Int32Array(512);
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1n) === 1n ? (crc >> 1n) ^ reflectedPolynomial : crc >> 1n;
    halves[byte * 2] = Number(crc & 0xffffffffn) | 0;
    halves[byte * 2 + 1] = Number(crc >> 32n) | 0;
  }
  return halves;
}
