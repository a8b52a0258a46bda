import type { StreamGroup } from "../../keyspace/stream-group.ts";
import { formatStreamId, largestStreamId, smallestStreamId } from "../../keyspace/stream-id.ts";
import type { StreamValue } from "../../keyspace/stream-value.ts";
import { map, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, noSuchKey, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { helpCommand } from "../help.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { lagOf } from "./find-group.ts";
import { entryReply, takeEntries } from "./read-entries.ts";

/** @throws CommandError when there is no stream */
function existing(context: CommandContext, key: string): StreamValue {
  const stream = findValue(context, key, "stream");
  if (stream === undefined) throw noSuchKey();
  return stream;
}

function head(stream: StreamValue): Reply[] {
  return [
    "length",
    stream.length,
    "radix-tree-keys",
    stream.nodeCount,
    "radix-tree-nodes",
    stream.nodeCount + 1,
    "last-generated-id",
    formatStreamId(stream.lastId),
    "max-deleted-entry-id",
    formatStreamId(stream.maxDeletedId),
    "entries-added",
    stream.entriesAdded,
    "recorded-first-entry-id",
    formatStreamId(stream.firstId),
  ];
}

function summary(stream: StreamValue): Reply {
  const [first] = takeEntries(stream.range(smallestStreamId, largestStreamId), 1);
  const [last] = takeEntries(stream.range(smallestStreamId, largestStreamId, true), 1);
  const ends: Reply[] = [
    "groups",
    stream.groups.size,
    "first-entry",
    first ? entryReply(first) : null,
    "last-entry",
    last ? entryReply(last) : null,
  ];
  return map([...head(stream), ...ends]);
}

const limited = <T>(items: Iterable<T>, count: number): T[] => (count === 0 ? [...items] : [...items].slice(0, count));

function fullGroup(stream: StreamValue, group: StreamGroup, count: number): Reply {
  const pending = limited(group.pending, count).map(
    ({ id, consumer, deliveredAt, deliveryCount }): Reply => [
      formatStreamId(id),
      consumer.name,
      deliveredAt,
      deliveryCount,
    ],
  );
  const consumers = [...group.consumers.values()].map((consumer) => {
    const own = limited(consumer.pending, count).map(
      ({ id, deliveredAt, deliveryCount }): Reply => [formatStreamId(id), deliveredAt, deliveryCount],
    );
    return map([
      "name",
      consumer.name,
      "seen-time",
      consumer.seenAt,
      "active-time",
      consumer.activeAt,
      "pel-count",
      consumer.pending.size,
      "pending",
      own,
    ]);
  });
  return map([
    "name",
    group.name,
    "last-delivered-id",
    formatStreamId(group.lastDeliveredId),
    "entries-read",
    group.entriesRead ?? null,
    "lag",
    lagOf(stream, group),
    "pel-count",
    group.pending.size,
    "pending",
    pending,
    "consumers",
    consumers,
  ]);
}

function full(stream: StreamValue, count: number): Reply {
  const entries = takeEntries(stream.range(smallestStreamId, largestStreamId), count === 0 ? undefined : count).map(
    entryReply,
  );
  const groups = [...stream.groups.values()].map((group) => fullGroup(stream, group, count));
  return map([...head(stream), "entries", entries, "groups", groups]);
}

const sub = (name: string, arity: number, text: string, run: Command["run"]): Command => ({
  name: `xinfo|${name}`,
  arity,
  flags: ["readonly"],
  group: "stream",
  keys: [2, 2, 1],
  summary: text,
  run,
});

const streamInfo = sub("stream", -3, "Describes a stream.", (context, args) => {
  const stream = existing(context, args[2] ?? "");
  const options = new OptionReader(args, 3);
  if (!options.hasMore) return summary(stream);
  if (!options.take("FULL")) throw syntaxError();
  const count = options.take("COUNT") ? Math.max(0, integer(options.value())) : 10;
  if (options.hasMore) throw syntaxError();
  return full(stream, count);
});

const groupsInfo = sub("groups", 3, "Describes a stream's groups.", (context, [, , key = ""]) => {
  const stream = existing(context, key);
  const groups = [...stream.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return groups.map((group) =>
    map([
      "name",
      group.name,
      "consumers",
      group.consumers.size,
      "pending",
      group.pending.size,
      "last-delivered-id",
      formatStreamId(group.lastDeliveredId),
      "entries-read",
      group.entriesRead ?? null,
      "lag",
      lagOf(stream, group),
    ]),
  );
});

const consumersInfo = sub("consumers", 4, "Describes a group's consumers.", (context, [, , key = "", name = ""]) => {
  const group = existing(context, key).groups.get(name);
  if (group === undefined) throw new CommandError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
  const consumers = [...group.consumers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return consumers.map((consumer) => {
    const inactive = consumer.activeAt < 0 ? -1 : Math.max(0, context.now() - consumer.activeAt);
    return map([
      "name",
      consumer.name,
      "pending",
      consumer.pending.size,
      "idle",
      Math.max(0, context.now() - consumer.seenAt),
      "inactive",
      inactive,
    ]);
  });
});

/** XINFO. */
export const streamInfoCommands: readonly Command[] = [
  {
    name: "xinfo",
    arity: -2,
    flags: [],
    group: "stream",
    summary: "Describes streams.",
    subcommands: [
      streamInfo,
      groupsInfo,
      consumersInfo,
      helpCommand("xinfo", "stream", [
        "CONSUMERS <key> <groupname>",
        "GROUPS <key>",
        "STREAM <key> [FULL [COUNT <count>]]",
      ]),
    ],
    run: () => null,
  },
];
