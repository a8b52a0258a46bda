import { StringValue } from "../../keyspace/string-value.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { byteRange } from "../index-range.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";

// 512 MB of bits (bitops.c, getBitOffsetFromArgument).
const maxBit = 2 ** 32;

/** The place of a bit, counted from the most significant one of the first byte; "#2" counts in widths, where there is one. @throws CommandError */
export function bitOffset(text: string | undefined, width?: number): number {
  const bad = () => new CommandError("ERR bit offset is not an integer or out of range");
  const isTyped = width !== undefined && text?.startsWith("#") === true;
  const offset = integer(isTyped ? text?.slice(1) : text, bad) * (isTyped ? width : 1);
  if (offset < 0 || offset >= maxBit) throw bad();
  return offset;
}

function readBit(text: string | undefined, message: string): 0 | 1 {
  const bit = integer(text, () => new CommandError(message));
  if (bit !== 0 && bit !== 1) throw new CommandError(message);
  return bit;
}

const setbit: Command = {
  name: "setbit",
  arity: 4,
  flags: ["write", "denyoom"],
  group: "bitmap",
  keys: firstKey,
  summary: "Sets a bit and returns the one before.",
  run(context, [, key = "", offsetText, bitText]) {
    const offset = bitOffset(offsetText);
    const bit = readBit(bitText, "ERR bit is not an integer or out of range");
    const existing = findValue(context, key, "string");
    const value = existing ?? new StringValue("");
    const at = offset >>> 3;
    const mask = 0x80 >>> (offset & 7);
    const bytes = value.edit(at + 1);
    const before = bytes[at] ?? 0;
    bytes[at] = bit === 1 ? before | mask : before & ~mask;
    if (existing === undefined) context.database.set(key, value);
    else context.database.changed(key);
    context.notify("$", "setbit", key);
    return (before & mask) === 0 ? 0 : 1;
  },
};

const getbit: Command = {
  name: "getbit",
  arity: 3,
  flags: ["readonly", "fast"],
  group: "bitmap",
  keys: firstKey,
  summary: "Returns a bit.",
  run(context, [, key = "", offsetText]) {
    const offset = bitOffset(offsetText);
    const value = findValue(context, key, "string");
    return ((value?.byteAt(Math.floor(offset / 8)) ?? 0) & (0x80 >>> (offset & 7))) === 0 ? 0 : 1;
  },
};

interface BitRange {
  readonly start: number;
  readonly end: number;
}

/** The bits [start, end) that `[start [end [BYTE|BIT]]]` from index `at` on mean in a string of this length. */
function readBitRange(args: readonly string[], at: number, length: number): BitRange {
  const unit = args[at + 2]?.toUpperCase() ?? "BYTE";
  if (unit !== "BYTE" && unit !== "BIT") throw syntaxError();
  const isBits = unit === "BIT";
  const total = isBits ? length * 8 : length;
  const from = args[at] === undefined ? 0 : integer(args[at]);
  const to = args[at + 1] === undefined ? total - 1 : integer(args[at + 1]);
  // BITPOS takes a reversed range for the first byte, BITCOUNT for nothing (bitops.c).
  const isNothing = args[0]?.toLowerCase() === "bitcount" && from < 0 && to < 0 && from > to;
  const [start, end] = isNothing ? [0, 0] : byteRange(from, to, total);
  return isBits ? { start, end } : { start: start * 8, end: end * 8 };
}

const onesIn = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

const bitcount: Command = {
  name: "bitcount",
  arity: -2,
  flags: ["readonly"],
  group: "bitmap",
  keys: firstKey,
  summary: "Counts the bits that are 1.",
  run(context, args) {
    if (args.length === 3 || args.length > 5) throw syntaxError();
    const value = findValue(context, args[1] ?? "", "string");
    const { start, end } = readBitRange(args, 2, value?.length ?? 0);
    if (value === undefined) return 0;
    let count = 0;
    for (let bit = start; bit < end; ) {
      const byte = value.byteAt(bit >>> 3);
      const from = bit & 7;
      const to = Math.min(8, from + end - bit);
      count += onesIn[byte & (0xff >>> from) & ((0xff00 >>> to) & 0xff)] ?? 0;
      bit += to - from;
    }
    return count;
  },
};

const bitpos: Command = {
  name: "bitpos",
  arity: -3,
  flags: ["readonly"],
  group: "bitmap",
  keys: firstKey,
  summary: "Finds the first bit that is 1, or 0.",
  run(context, args) {
    const bit = readBit(args[2], "ERR The bit argument must be 1 or 0.");
    if (args.length > 6) throw syntaxError();
    const value = findValue(context, args[1] ?? "", "string");
    const { start, end } = readBitRange(args, 3, value?.length ?? 0);
    if (value === undefined) return bit === 1 ? -1 : 0;
    const nothing = bit === 1 ? 0 : 0xff;
    for (let at = start; at < end; at++) {
      const byte = value.byteAt(at >>> 3);
      if ((at & 7) === 0 && byte === nothing && at + 8 <= end) {
        at += 7;
        continue;
      }
      if (((byte >>> (7 - (at & 7))) & 1) === bit) return at;
    }
    // Zeros follow the string's end, unless the range ended it.
    return bit === 0 && args.length < 5 && start < end ? end : -1;
  },
};

/** SETBIT, GETBIT, BITCOUNT, BITPOS. */
export const bits: readonly Command[] = [setbit, getbit, bitcount, bitpos];
