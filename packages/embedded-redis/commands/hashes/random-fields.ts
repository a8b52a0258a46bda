import type { HashValue } from "../../keyspace/hash-value.ts";
import type { DictEntry } from "../../keyspace/indexed-dict.ts";
import type { Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";

/** Up to `count` different entries, or exactly -`count` that may repeat. */
function choose(hash: HashValue, count: number, random: () => number): readonly (DictEntry<string> | undefined)[] {
  if (count < 0) return Array.from({ length: -count }, () => hash.random(random));
  if (count >= hash.size) return [...hash.entries()];
  const chosen = new Set<DictEntry<string> | undefined>();
  while (chosen.size < count) chosen.add(hash.random(random));
  return [...chosen];
}

const hrandfield: Command = {
  name: "hrandfield",
  arity: -2,
  flags: ["readonly"],
  group: "hash",
  keys: firstKey,
  summary: "Returns random fields of a hash.",
  run(context, args): Reply {
    const [, key = "", countText, withValues] = args;
    if (args.length > 4 || (withValues !== undefined && withValues.toUpperCase() !== "WITHVALUES")) throw syntaxError();
    const count = countText === undefined ? undefined : integer(countText);
    if (count !== undefined && Math.abs(count) > 2 ** 62) throw new CommandError("ERR value is out of range");
    const hash = findValue(context, key, "hash");
    if (hash === undefined) return count === undefined ? null : [];
    const { random } = context.server;
    if (count === undefined) return hash.random(random)?.key ?? null;
    const chosen = choose(hash, count, random);
    if (withValues === undefined) return chosen.map((entry) => entry?.key ?? "");
    const pairs = chosen.map((entry): [string, string] => [entry?.key ?? "", entry?.value ?? ""]);
    return context.protocol === 3 ? pairs : pairs.flat();
  },
};

/** HRANDFIELD. */
export const randomFields: readonly Command[] = [hrandfield];
