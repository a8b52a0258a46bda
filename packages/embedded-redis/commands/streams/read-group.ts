import type { PendingEntry, StreamConsumer } from "../../keyspace/stream-group.ts";
import { formatStreamId, largestStreamId, nextStreamId } from "../../keyspace/stream-id.ts";
import type { StreamEntry } from "../../keyspace/stream-value.ts";
import { errorReply, nullArray, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { claimWords } from "./claim-words.ts";
import { invalidId, readId } from "./entry-ids.ts";
import {
  entriesUpTo,
  type FoundGroup,
  findGroup,
  findOrMakeConsumer,
  hasDeletedAfter,
  hasNewEntries,
  noSuchGroup,
  setIdWords,
} from "./find-group.ts";
import { entryReply, readReadRequest, streamKeys, streamsReply, takeEntries } from "./read-entries.ts";

/** Gives new entries to a consumer: they are pending then, unless nobody is to acknowledge them. */
function deliver(
  context: CommandContext,
  key: string,
  found: FoundGroup,
  consumer: StreamConsumer,
  count: number | undefined,
  isNoAck: boolean,
): Reply {
  const { stream, group } = found;
  const start = nextStreamId(group.lastDeliveredId);
  const entries = start === undefined ? [] : takeEntries(stream.range(start, largestStreamId), count);
  for (const { id } of entries) {
    advance(found, id);
    if (isNoAck) continue;
    const pending: PendingEntry = group.pending.get(id) ?? {
      id,
      consumer,
      deliveredAt: context.now(),
      deliveryCount: 1,
    };
    pending.deliveredAt = context.now();
    pending.deliveryCount = 1;
    group.assign(pending, consumer);
    context.propagate(...claimWords(key, group, pending));
  }
  consumer.activeAt = context.now();
  context.propagate(...setIdWords(key, group));
  context.database.changed(key);
  return entries.map(entryReply);
}

/** Moves the group's position to an entry, counting it when that is possible (t_stream.c). */
function advance({ stream, group }: FoundGroup, id: string): void {
  if (group.entriesRead !== undefined && !hasDeletedAfter(stream, id)) group.entriesRead++;
  else if (stream.entriesAdded > 0) {
    group.lastDeliveredId = id;
    group.entriesRead = entriesUpTo(stream, id);
  }
  group.lastDeliveredId = id;
}

/** What a consumer has pending after an id; entries that were deleted meanwhile have null in place of fields. */
function history(found: FoundGroup, consumer: StreamConsumer, after: string, count: number | undefined): Reply {
  const rows: Reply[] = [];
  for (const { id } of consumer.pending) {
    if (id <= after) continue;
    const entry: StreamEntry | undefined = found.stream.get(id);
    rows.push(entry === undefined ? [formatStreamId(id), nullArray] : entryReply(entry));
    if (rows.length === count) break;
  }
  return rows;
}

const xreadgroup: Command = {
  name: "xreadgroup",
  arity: -7,
  flags: ["write", "blocking", "movablekeys"],
  group: "stream",
  keys: streamKeys,
  summary: "Returns entries of streams to a consumer of a group, waiting for them when asked.",
  run(context, args) {
    if (args[1]?.toUpperCase() !== "GROUP") throw syntaxError();
    const [, , groupName = "", consumerName = ""] = args;
    const { keys, ids, count, blockMs, isNoAck } = readReadRequest(args, 4, "xreadgroup");
    const groups = keys.map((key, index) => {
      findValue(context, key, "stream");
      const found = findGroup(context, key, groupName);
      if (found === undefined) throw noSuchGroup(key, groupName, " in XREADGROUP with GROUP option");
      const id = ids[index] ?? "";
      if (id === "$")
        throw new CommandError(
          "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.",
        );
      if (id === "+") throw invalidId();
      return { key, found, after: id === ">" ? undefined : readId(id) };
    });
    context.propagateNothing();
    const read = groups.flatMap(({ key, found, after }): [string, Reply][] => {
      const consumer = findOrMakeConsumer(context, key, found.group, consumerName);
      consumer.seenAt = context.now();
      if (after !== undefined) {
        return nextStreamId(after) === undefined ? [] : [[key, history(found, consumer, after, count)]];
      }
      return hasNewEntries(found.stream, found.group)
        ? [[key, deliver(context, key, found, consumer, count, isNoAck)]]
        : [];
    });
    if (read.length > 0 || blockMs === undefined) return streamsReply(context, read);
    return context.block(keys, blockMs, nullArray, (key) => {
      const value = context.database.peek(key);
      if (value !== undefined && value.kind !== "stream")
        return errorReply("WRONGTYPE Operation against a key holding the wrong kind of value");
      const found = findGroup(context, key, groupName);
      if (found === undefined)
        return errorReply(noSuchGroup(key, groupName, " in XREADGROUP with GROUP option").message);
      if (!hasNewEntries(found.stream, found.group)) return undefined;
      const consumer = findOrMakeConsumer(context, key, found.group, consumerName);
      consumer.seenAt = context.now();
      return streamsReply(context, [[key, deliver(context, key, found, consumer, count, isNoAck)]]);
    });
  },
};

/** XREADGROUP. */
export const readGroup: readonly Command[] = [xreadgroup];
