import { StreamConsumer, StreamGroup } from "../../keyspace/stream-group.ts";
import type { StreamId } from "../../keyspace/stream-id.ts";
import { StreamValue } from "../../keyspace/stream-value.ts";
import { ok } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { helpCommand } from "../help.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { readId } from "./entry-ids.ts";
import { findGroup } from "./find-group.ts";

const noStream = () =>
  new CommandError(
    "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.",
  );

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `xgroup|${name}`,
  arity,
  flags: name === "create" || name === "createconsumer" ? ["write", "denyoom"] : ["write"],
  group: "stream",
  keys: [2, 2, 1],
  summary,
  run,
});

const readPosition = (text: string, stream: StreamValue | undefined): StreamId =>
  text === "$" ? (stream?.lastId ?? readId("0")) : readId(text);

function readEntriesRead(options: OptionReader): number | undefined {
  const count = integer(options.value());
  if (count < -1) throw new CommandError("ERR value for ENTRIESREAD must be positive or -1");
  return count === -1 ? undefined : count;
}

const create = sub("create", -5, "Makes a consumer group.", (context, args) => {
  const [, , key = "", name = "", idText = ""] = args;
  const options = new OptionReader(args, 5);
  let [isMaking, entriesRead]: [boolean, number | undefined] = [false, undefined];
  while (options.hasMore) {
    if (options.take("MKSTREAM")) isMaking = true;
    else if (options.take("ENTRIESREAD")) entriesRead = readEntriesRead(options);
    else throw syntaxError();
  }
  const existing = findValue(context, key, "stream");
  if (existing === undefined && !isMaking) throw noStream();
  const stream = existing ?? new StreamValue();
  const position = readPosition(idText, stream);
  if (existing === undefined) context.database.set(key, stream);
  if (stream.groups.has(name)) throw new CommandError("BUSYGROUP Consumer Group name already exists");
  stream.groups.set(name, new StreamGroup(name, position, entriesRead));
  context.database.changed(key);
  context.notify("t", "xgroup-create", key);
  return ok;
});

const setid = sub("setid", -5, "Sets from where on a group reads.", (context, args) => {
  const [, , key = "", name = "", idText = ""] = args;
  const options = new OptionReader(args, 5);
  const found = findExisting(context, key, name);
  const position = readPosition(idText, found.stream);
  let entriesRead: number | undefined;
  while (options.hasMore) {
    if (!options.take("ENTRIESREAD")) throw syntaxError();
    entriesRead = readEntriesRead(options);
  }
  found.group.lastDeliveredId = position;
  found.group.entriesRead = entriesRead;
  context.database.changed(key);
  context.notify("t", "xgroup-setid", key);
  return ok;
});

/** @throws CommandError when there is no such stream or group */
function findExisting(context: Parameters<Command["run"]>[0], key: string, name: string) {
  if (findValue(context, key, "stream") === undefined) throw noStream();
  const found = findGroup(context, key, name);
  if (found === undefined) throw new CommandError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
  return found;
}

const destroy = sub("destroy", 4, "Removes a group.", (context, [, , key = "", name = ""]) => {
  const stream = findValue(context, key, "stream");
  if (stream === undefined) throw noStream();
  if (!stream.groups.delete(name)) return 0;
  context.database.changed(key);
  context.notify("t", "xgroup-destroy", key);
  return 1;
});

const createconsumer = sub(
  "createconsumer",
  5,
  "Makes a consumer of a group.",
  (context, [, , key = "", name = "", consumer = ""]) => {
    const { group } = findExisting(context, key, name);
    if (group.consumers.has(consumer)) return 0;
    group.consumers.set(consumer, new StreamConsumer(consumer, context.now()));
    context.database.changed(key);
    context.notify("t", "xgroup-createconsumer", key);
    return 1;
  },
);

const delconsumer = sub(
  "delconsumer",
  5,
  "Removes a consumer, and what it has pending.",
  (context, [, , key = "", name = "", consumerName = ""]) => {
    const { group } = findExisting(context, key, name);
    const consumer = group.consumers.get(consumerName);
    if (consumer === undefined) return 0;
    const pending = consumer.pending.size;
    for (const { id } of [...consumer.pending]) group.acknowledge(id);
    group.consumers.delete(consumerName);
    context.database.changed(key);
    context.notify("t", "xgroup-delconsumer", key);
    return pending;
  },
);

const xack: Command = {
  name: "xack",
  arity: -4,
  flags: ["write", "fast"],
  group: "stream",
  keys: [1, 1, 1],
  summary: "Acknowledges entries.",
  run(context, args) {
    const [, key = "", name = "", ...texts] = args;
    const found = findGroup(context, key, name);
    if (found === undefined) return 0;
    const ids = texts.map((text) => readId(text));
    const acknowledged = ids.filter((id) => found.group.acknowledge(id)).length;
    if (acknowledged > 0) context.database.changed(key);
    return acknowledged;
  },
};

/** XGROUP, XACK. */
export const groupCommands: readonly Command[] = [
  {
    name: "xgroup",
    arity: -2,
    flags: [],
    group: "stream",
    summary: "Manages consumer groups.",
    subcommands: [
      create,
      setid,
      destroy,
      createconsumer,
      delconsumer,
      helpCommand("xgroup", "stream", [
        "CREATE <key> <group> <id|$> [option]",
        "CREATECONSUMER <key> <group> <consumer>",
        "DELCONSUMER <key> <group> <consumer>",
        "DESTROY <key> <group>",
        "SETID <key> <group> <id|$>",
      ]),
    ],
    run: () => null,
  },
  xack,
];
