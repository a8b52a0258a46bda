import type { CommandDescription, CommandGroup } from "../commands/command-shape.ts";

/** The ACL categories, in the order of ACL CAT. */
export const categories: readonly string[] = [
  "keyspace",
  "read",
  "write",
  "set",
  "sortedset",
  "list",
  "hash",
  "string",
  "bitmap",
  "hyperloglog",
  "geo",
  "stream",
  "pubsub",
  "admin",
  "fast",
  "slow",
  "blocking",
  "dangerous",
  "connection",
  "transaction",
  "scripting",
];

const ofGroup: Readonly<Partial<Record<CommandGroup, string>>> = {
  string: "string",
  generic: "keyspace",
  list: "list",
  set: "set",
  hash: "hash",
  "sorted-set": "sortedset",
  stream: "stream",
  bitmap: "bitmap",
  hyperloglog: "hyperloglog",
  geo: "geo",
  pubsub: "pubsub",
  transactions: "transaction",
  connection: "connection",
  scripting: "scripting",
};

/** The categories of a command: those that Redis derives from its flags and its group, and its own. */
export function categoriesOf(command: CommandDescription): ReadonlySet<string> {
  const found = new Set(command.categories ?? []);
  const group = ofGroup[command.group];
  if (group !== undefined) found.add(group);
  const { flags } = command;
  if (flags.includes("write")) found.add("write");
  if (flags.includes("readonly") && command.group !== "scripting") found.add("read");
  if (flags.includes("admin")) found.add("admin").add("dangerous");
  if (flags.includes("pubsub")) found.add("pubsub");
  if (flags.includes("blocking")) found.add("blocking");
  found.add(flags.includes("fast") ? "fast" : "slow");
  return found;
}
