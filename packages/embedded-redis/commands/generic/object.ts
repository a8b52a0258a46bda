import { type ListValue, listLimits } from "../../keyspace/list-value.ts";
import { isInteger64 } from "../../keyspace/set-value.ts";
import type { RedisValue } from "../../keyspace/value.ts";
import type { Reply } from "../../resp/reply.ts";
import { simple } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";

/** By `list-max-listpack-size`: a number of elements, or -1 to -5 for 4 KB to 64 KB (redis.conf). */
function isOneListpack({ byteLength, length }: ListValue): boolean {
  const { listpackSize } = listLimits;
  return listpackSize > 0 ? length <= listpackSize : byteLength + length * 4 <= 2048 * 2 ** -listpackSize;
}

/** The name of the encoding that Redis would use. */
function encodingOf(value: RedisValue): string {
  switch (value.kind) {
    case "string":
      if (!value.isRaw && isInteger64(value.bytes)) return "int";
      return value.isRaw || value.length > 44 ? "raw" : "embstr";
    case "list":
      return isOneListpack(value) ? "listpack" : "quicklist";
    case "stream":
      return "stream";
    default:
      return value.encoding;
  }
}

const sub = (
  name: string,
  summary: string,
  answer: (context: CommandContext, value: RedisValue) => Reply,
): Command => ({
  name: `object|${name}`,
  arity: 3,
  flags: ["readonly"],
  group: "generic",
  keys: [2, 2, 1],
  summary,
  run(context, [, , key = ""]) {
    const value = context.database.peek(key);
    return value === undefined ? null : answer(context, value);
  },
});

const isLfu = ({ server }: CommandContext): boolean => server.configuration.text("maxmemory-policy").endsWith("lfu");

const object: Command = {
  name: "object",
  arity: -2,
  flags: ["readonly"],
  group: "generic",
  summary: "Tells how a value is stored.",
  subcommands: [
    sub("encoding", "Returns the encoding that Redis gives the value.", (_context, value) => encodingOf(value)),
    sub("refcount", "Returns 1.", () => 1),
    sub("idletime", "Returns the seconds since the last access.", (context, value) => {
      if (!isLfu(context)) return Math.max(0, Math.floor((context.now() - value.accessedAt) / 1000));
      throw new CommandError(
        "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.",
      );
    }),
    sub("freq", "Returns the logarithmic access counter.", (context, value) => {
      if (isLfu(context)) return value.frequency;
      throw new CommandError(
        "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.",
      );
    }),
    helpCommand("object", "generic", ["ENCODING <key>", "FREQ <key>", "IDLETIME <key>", "REFCOUNT <key>"]),
  ],
  run: () => simple("OK"),
};

/** OBJECT. */
export const objectCommands: readonly Command[] = [object];
