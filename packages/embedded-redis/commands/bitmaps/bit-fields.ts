import { StringValue } from "../../keyspace/string-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, notAnInteger, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { readBigInteger } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { bitOffset } from "./bits.ts";

type Overflow = "WRAP" | "SAT" | "FAIL";

interface FieldStep {
  readonly act: "GET" | "SET" | "INCRBY";
  readonly isSigned: boolean;
  readonly width: number;
  readonly offset: number;
  readonly amount: bigint;
  readonly overflow: Overflow;
}

const badType = "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.";

function readType(text: string): { readonly isSigned: boolean; readonly width: number } {
  const match = /^([iu])(\d{1,2})$/.exec(text);
  const width = Number(match?.[2] ?? 0);
  const isSigned = match?.[1] === "i";
  if (match === null || width < 1 || width > (isSigned ? 64 : 63)) throw new CommandError(badType);
  return { isSigned, width };
}

function readSteps(args: readonly string[]): readonly FieldStep[] {
  const options = new OptionReader(args, 2);
  const steps: FieldStep[] = [];
  let overflow: Overflow = "WRAP";
  while (options.hasMore) {
    const act = options.word();
    if (act === "OVERFLOW") {
      const word = options.word();
      if (word !== "WRAP" && word !== "SAT" && word !== "FAIL")
        throw new CommandError("ERR Invalid OVERFLOW type specified");
      overflow = word;
      continue;
    }
    if (act !== "GET" && act !== "SET" && act !== "INCRBY") throw syntaxError();
    const { isSigned, width } = readType(options.value());
    const offset = bitOffset(options.value(), width);
    const amount = act === "GET" ? 0n : readBigInteger(options.value());
    if (amount === undefined) throw notAnInteger();
    steps.push({ act, isSigned, width, offset, amount, overflow });
  }
  return steps;
}

/** The unsigned integer at a place, with zeros beyond the end. */
function readField(value: StringValue | undefined, { offset, width }: FieldStep): bigint {
  let found = 0n;
  for (let bit = offset; bit < offset + width; bit++) {
    const byte = value?.byteAt(Math.floor(bit / 8)) ?? 0;
    found = (found << 1n) | BigInt((byte >>> (7 - (bit & 7))) & 1);
  }
  return found;
}

function writeField(value: StringValue, { offset, width }: FieldStep, field: bigint): void {
  const bytes = value.edit(Math.floor((offset + width - 1) / 8) + 1);
  for (let index = 0; index < width; index++) {
    const bit = offset + index;
    const at = Math.floor(bit / 8);
    const mask = 0x80 >>> (bit & 7);
    const isOne = (field >> BigInt(width - 1 - index)) & 1n;
    bytes[at] = isOne ? (bytes[at] ?? 0) | mask : (bytes[at] ?? 0) & ~mask;
  }
}

const asSigned = (field: bigint, { isSigned, width }: FieldStep): bigint =>
  isSigned ? BigInt.asIntN(width, field) : field;

/** Redis takes what SET is given for an unsigned field as unsigned itself: -1 is the largest number. */
const setAmount = ({ isSigned, amount }: FieldStep): bigint => (isSigned ? amount : BigInt.asUintN(64, amount));

/** What is stored for a wanted number; undefined when it does not fit and must fail. */
function fit(step: FieldStep, wanted: bigint): bigint | undefined {
  const { isSigned, width, overflow } = step;
  const size = BigInt(width);
  const [min, max] = isSigned ? [-(1n << (size - 1n)), (1n << (size - 1n)) - 1n] : [0n, (1n << size) - 1n];
  if (wanted >= min && wanted <= max) return wanted;
  if (overflow === "FAIL") return undefined;
  if (overflow === "SAT") return wanted < min ? min : max;
  return isSigned ? BigInt.asIntN(width, wanted) : BigInt.asUintN(width, wanted);
}

function runSteps(context: CommandContext, args: readonly string[]): Reply {
  const key = args[1] ?? "";
  const steps = readSteps(args);
  const isWriting = steps.some(({ act }) => act !== "GET");
  const existing = findValue(context, key, "string");
  if (!isWriting) return steps.map((step) => asSigned(readField(existing, step), step));
  const value = existing ?? new StringValue("");
  const highest = Math.max(...steps.filter(({ act }) => act !== "GET").map(({ offset, width }) => offset + width));
  value.edit(Math.floor((highest - 1) / 8) + 1);
  let changes = 0;
  const replies = steps.map((step): Reply => {
    const before = asSigned(readField(value, step), step);
    if (step.act === "GET") return before;
    const after = fit(step, step.act === "SET" ? setAmount(step) : before + step.amount);
    if (after === undefined) return null;
    writeField(value, step, after);
    changes++;
    return step.act === "SET" ? before : after;
  });
  if (existing === undefined) context.database.set(key, value);
  else if (changes > 0) context.database.changed(key);
  if (changes > 0) context.notify("$", "setbit", key);
  return replies;
}

/** BITFIELD, BITFIELD_RO. */
export const bitFields: readonly Command[] = [
  {
    name: "bitfield",
    arity: -2,
    flags: ["write", "denyoom"],
    group: "bitmap",
    keys: firstKey,
    summary: "Reads and writes integers of any width inside a string.",
    run: runSteps,
  },
  {
    name: "bitfield_ro",
    arity: -2,
    flags: ["readonly", "fast"],
    group: "bitmap",
    keys: firstKey,
    summary: "Reads integers of any width inside a string.",
    run(context, args) {
      if (readSteps(args).some(({ act }) => act !== "GET")) {
        throw new CommandError("ERR BITFIELD_RO only supports the GET subcommand");
      }
      return runSteps(context, args);
    },
  },
];
