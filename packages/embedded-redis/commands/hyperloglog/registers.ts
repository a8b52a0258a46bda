import { murmurHash64 } from "../../keyspace/murmur-hash.ts";
import { CommandError } from "../command-error.ts";

// Redis's layout (hyperloglog.c): 2^14 registers of 6 bits after a header of 16 bytes, "HYLL", the encoding, 3 bytes, the cached count.
const registerCount = 1 << 14;
const headerLength = 16;
const denseLength = headerLength + (registerCount * 6) / 8;
const [dense, sparse] = [0, 1];
// The highest bit of the cached count says that it is stale: it always is here.
const staleHeader = (encoding: number): Buffer => {
  const header = Buffer.alloc(headerLength);
  header.write("HYLL", 0, "latin1");
  header[4] = encoding;
  header[15] = 0x80;
  return header;
};

/** The registers of a stored HyperLogLog. @throws CommandError for a string that is none */
export function readRegisters(bytes: string): Uint8Array {
  const data = Buffer.from(bytes, "latin1");
  const encoding = data[4];
  if (!bytes.startsWith("HYLL") || data.length < headerLength || (encoding !== dense && encoding !== sparse))
    throw notValid();
  return encoding === dense ? readDense(data) : readSparse(data);
}

const notValid = () => new CommandError("WRONGTYPE Key is not a valid HyperLogLog string value.");
const corrupted = () => new CommandError("INVALIDOBJ Corrupted HLL object detected");

function readDense(data: Buffer): Uint8Array {
  if (data.length !== denseLength) throw notValid();
  const registers = new Uint8Array(registerCount);
  for (let index = 0; index < registerCount; index++) {
    const at = headerLength + ((index * 6) >>> 3);
    registers[index] = (((data[at] ?? 0) | ((data[at + 1] ?? 0) << 8)) >>> ((index * 6) & 7)) & 63;
  }
  return registers;
}

/** Runs: 00xxxxxx zeros, 01xxxxxx yyyyyyyy more zeros, 1vvvvvxx a value. */
function readSparse(data: Buffer): Uint8Array {
  const registers = new Uint8Array(registerCount);
  let index = 0;
  for (let at = headerLength; at < data.length; at++) {
    const code = data[at] ?? 0;
    let run = (code & 63) + 1;
    if (code >= 128) {
      run = (code & 3) + 1;
      registers.fill(((code >>> 2) & 31) + 1, index, index + run);
    } else if (code >= 64) run = (((code & 63) << 8) | (data[++at] ?? 0)) + 1;
    index += run;
  }
  if (index !== registerCount) throw corrupted();
  return registers;
}

/** The bytes of these registers: sparse while that is possible in `sparseLimit` bytes, as `hll-sparse-max-bytes` wants. */
export function writeRegisters(registers: Uint8Array, sparseLimit: number): string {
  const runs = writeSparse(registers);
  const isSparse = runs !== undefined && runs.length + headerLength <= sparseLimit;
  return Buffer.concat(isSparse ? [staleHeader(sparse), runs] : [staleHeader(dense), writeDense(registers)]).toString(
    "latin1",
  );
}

function writeDense(registers: Uint8Array): Buffer {
  const data = Buffer.alloc(denseLength - headerLength);
  registers.forEach((value, index) => {
    const at = (index * 6) >>> 3;
    const shifted = value << ((index * 6) & 7);
    data[at] = (data[at] ?? 0) | (shifted & 255);
    if (shifted > 255) data[at + 1] = (data[at + 1] ?? 0) | (shifted >>> 8);
  });
  return data;
}

/** Undefined when a register is beyond 32, which runs cannot have. */
function writeSparse(registers: Uint8Array): Buffer | undefined {
  const codes: number[] = [];
  for (let index = 0; index < registerCount; ) {
    const value = registers[index] ?? 0;
    let run = 1;
    while (index + run < registerCount && registers[index + run] === value) run++;
    index += run;
    if (value > 32) return undefined;
    if (value === 0) {
      if (run <= 64) codes.push(run - 1);
      else codes.push(64 | ((run - 1) >>> 8), (run - 1) & 255);
    } else {
      for (; run > 0; run -= 4) codes.push(128 | ((value - 1) << 2) | (Math.min(run, 4) - 1));
    }
  }
  return Buffer.from(codes);
}

/** Counts an element in; true when a register changed. */
export function addElement(registers: Uint8Array, element: string): boolean {
  const hash = murmurHash64(element);
  const index = Number(hash & BigInt(registerCount - 1));
  let rest = (hash >> 14n) | (1n << 50n);
  let zeros = 1;
  for (; (rest & 1n) === 0n; rest >>= 1n) zeros++;
  if ((registers[index] ?? 0) >= zeros) return false;
  registers[index] = zeros;
  return true;
}

/** Takes the larger of each pair of registers. */
export function mergeRegisters(target: Uint8Array, source: Uint8Array): void {
  source.forEach((value, index) => {
    if (value > (target[index] ?? 0)) target[index] = value;
  });
}

/** No element. */
export const emptyRegisters = (): Uint8Array => new Uint8Array(registerCount);

/** How many elements were counted, by Ertl's estimator ("New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6). */
export function estimate(registers: Uint8Array): number {
  const histogram = new Array<number>(64).fill(0);
  for (const value of registers) histogram[value] = (histogram[value] ?? 0) + 1;
  let z = registerCount * tau((registerCount - (histogram[51] ?? 0)) / registerCount);
  for (let value = 50; value >= 1; value--) z = 0.5 * (z + (histogram[value] ?? 0));
  z += registerCount * sigma((histogram[0] ?? 0) / registerCount);
  return Math.round((0.7213475204444817 * registerCount * registerCount) / z);
}

function sigma(start: number): number {
  if (start === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z, before] = [start, 1, start, -1];
  while (before !== z) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(start: number): number {
  if (start === 0 || start === 1) return 0;
  let [x, y, z, before] = [start, 1, 1 - start, -1];
  while (before !== z) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
