import { StringValue } from "../../keyspace/string-value.ts";
import { ok } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { findValue } from "../find-value.ts";
import { allKeys, firstKey } from "../key-positions.ts";
import { addElement, emptyRegisters, estimate, mergeRegisters, readRegisters, writeRegisters } from "./registers.ts";

function store(context: CommandContext, key: string, registers: Uint8Array): void {
  const limit = context.server.configuration.number("hll-sparse-max-bytes");
  const bytes = writeRegisters(registers, limit);
  context.database.setKeepingExpiry(key, new StringValue(bytes));
}

const pfadd: Command = {
  name: "pfadd",
  arity: -2,
  flags: ["write", "denyoom", "fast"],
  group: "hyperloglog",
  keys: firstKey,
  summary: "Counts elements in.",
  run(context, args) {
    const key = args[1] ?? "";
    const value = findValue(context, key, "string");
    const registers = value === undefined ? emptyRegisters() : readRegisters(value.bytes);
    let isChanged = value === undefined;
    for (const element of args.slice(2)) if (addElement(registers, element)) isChanged = true;
    if (!isChanged) return 0;
    store(context, key, registers);
    context.notify("$", "pfadd", key);
    return 1;
  },
};

/** The registers of several keys together. */
function merged(context: CommandContext, keys: readonly string[]): Uint8Array {
  const registers = emptyRegisters();
  for (const key of keys) {
    const value = findValue(context, key, "string");
    if (value !== undefined) mergeRegisters(registers, readRegisters(value.bytes));
  }
  return registers;
}

const pfcount: Command = {
  name: "pfcount",
  arity: -2,
  flags: ["readonly", "may_replicate"],
  group: "hyperloglog",
  keys: allKeys,
  summary: "Estimates how many different elements were counted in.",
  run: (context, args) => estimate(merged(context, args.slice(1))),
};

const pfmerge: Command = {
  name: "pfmerge",
  arity: -2,
  flags: ["write", "denyoom"],
  group: "hyperloglog",
  keys: allKeys,
  summary: "Merges counts into one.",
  run(context, args) {
    const key = args[1] ?? "";
    store(context, key, merged(context, args.slice(1)));
    context.notify("$", "pfadd", key);
    return ok;
  },
};

/** PFADD, PFCOUNT, PFMERGE. */
export const hyperLogLog: readonly Command[] = [pfadd, pfcount, pfmerge];
