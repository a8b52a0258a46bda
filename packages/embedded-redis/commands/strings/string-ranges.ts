import { StringValue } from "../../keyspace/string-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { byteRange } from "../index-range.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";

/** @throws CommandError when the string would be longer than `proto-max-bulk-len` */
function checkLength(context: CommandContext, length: number): void {
  if (length <= context.server.configuration.number("proto-max-bulk-len")) return;
  throw new CommandError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
}

const append: Command = {
  name: "append",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Adds bytes at the end of a string.",
  run(context, [, key = "", bytes = ""]) {
    const value = findValue(context, key, "string");
    checkLength(context, (value?.length ?? 0) + bytes.length);
    if (value === undefined) context.database.set(key, new StringValue(bytes));
    else {
      value.append(bytes);
      context.database.changed(key);
    }
    context.notify("$", "append", key);
    return value?.length ?? bytes.length;
  },
};

const strlen: Command = {
  name: "strlen",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Returns the length of a string in bytes.",
  run: (context, [, key = ""]) => findValue(context, key, "string")?.length ?? 0,
};

const range = (name: string): Command => ({
  name,
  arity: 4,
  flags: ["readonly"],
  group: "string",
  keys: firstKey,
  summary: "Returns a part of a string.",
  run(context, [, key = "", start, end]) {
    const [from, to] = [integer(start), integer(end)];
    const value = findValue(context, key, "string");
    if (value === undefined || (from < 0 && to < 0 && from > to)) return "";
    return value.slice(...byteRange(from, to, value.length));
  },
});

const setrange: Command = {
  name: "setrange",
  arity: 4,
  flags: ["write", "denyoom"],
  group: "string",
  keys: firstKey,
  summary: "Writes bytes into a string from an offset on, filling a gap with zeros.",
  run(context, [, key = "", offsetText, bytes = ""]) {
    const offset = integer(offsetText);
    if (offset < 0) throw new CommandError("ERR offset is out of range");
    const existing = findValue(context, key, "string");
    if (bytes === "") return existing?.length ?? 0;
    checkLength(context, offset + bytes.length);
    const value = existing ?? new StringValue("");
    value.edit(offset + bytes.length).write(bytes, offset, "latin1");
    if (existing === undefined) context.database.set(key, value);
    else context.database.changed(key);
    context.notify("$", "setrange", key);
    return value.length;
  },
};

/** APPEND, STRLEN, GETRANGE, SUBSTR, SETRANGE. */
export const stringRanges: readonly Command[] = [append, strlen, range("getrange"), range("substr"), setrange];
