import type { PendingEntry, StreamConsumer, StreamGroup } from "../../keyspace/stream-group.ts";
import { formatStreamId, type StreamId, smallestStreamId } from "../../keyspace/stream-id.ts";
import type { StreamEntry } from "../../keyspace/stream-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { claimWords } from "./claim-words.ts";
import { rangeStart, readId } from "./entry-ids.ts";
import { findGroup, findOrMakeConsumer, noSuchGroup, setIdWords } from "./find-group.ts";
import { entryReply } from "./read-entries.ts";

interface ClaimOptions {
  readonly deliveredAt: number;
  readonly retryCount: number | undefined;
  readonly isForced: boolean;
  readonly isJustId: boolean;
  readonly lastId: StreamId | undefined;
}

function readClaimOptions(options: OptionReader, now: number): ClaimOptions {
  let [deliveredAt, retryCount, isForced, isJustId, lastId]: [
    number,
    number | undefined,
    boolean,
    boolean,
    StreamId | undefined,
  ] = [now, undefined, false, false, undefined];
  while (options.hasMore) {
    const given = options.value();
    const word = given.toUpperCase();
    if (word === "FORCE") isForced = true;
    else if (word === "JUSTID") isJustId = true;
    else if (word === "IDLE")
      deliveredAt =
        now - integer(options.value(), () => new CommandError("ERR Invalid IDLE option argument for XCLAIM"));
    else if (word === "TIME")
      deliveredAt = integer(options.value(), () => new CommandError("ERR Invalid TIME option argument for XCLAIM"));
    else if (word === "RETRYCOUNT") {
      retryCount = integer(
        options.value(),
        () => new CommandError("ERR Invalid RETRYCOUNT option argument for XCLAIM"),
      );
      if (retryCount < 0) throw new CommandError("ERR Invalid RETRYCOUNT option argument for XCLAIM");
    } else if (word === "LASTID") lastId = readId(options.value());
    else throw new CommandError(`ERR Unrecognized XCLAIM option '${given}'`);
  }
  const isSensible = deliveredAt >= 0 && deliveredAt <= now;
  return { deliveredAt: isSensible ? deliveredAt : now, retryCount, isForced, isJustId, lastId };
}

function claimOne(
  context: CommandContext,
  key: string,
  group: StreamGroup,
  consumer: StreamConsumer,
  pending: PendingEntry,
  options: ClaimOptions,
): void {
  group.assign(pending, consumer);
  pending.deliveredAt = options.deliveredAt;
  if (options.retryCount !== undefined) pending.deliveryCount = options.retryCount;
  else if (!options.isJustId) pending.deliveryCount++;
  consumer.activeAt = context.now();
  context.database.changed(key);
  context.propagate(...claimWords(key, group, pending));
}

/** Drops a pending entry that is no longer in the stream. */
function dropDeleted(context: CommandContext, key: string, group: StreamGroup, id: StreamId): void {
  group.acknowledge(id);
  context.database.changed(key);
  context.propagate("XACK", key, group.name, formatStreamId(id));
}

const shown = (entry: StreamEntry, isJustId: boolean): Reply =>
  isJustId ? formatStreamId(entry.id) : entryReply(entry);

const xclaim: Command = {
  name: "xclaim",
  arity: -6,
  flags: ["write", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Takes pending entries over from their consumer.",
  run(context, args) {
    const [, key = "", groupName = "", consumerName = ""] = args;
    findValue(context, key, "stream");
    const found = findGroup(context, key, groupName);
    if (found === undefined) throw noSuchGroup(key, groupName);
    const { stream, group } = found;
    const minIdle = Math.max(
      0,
      integer(args[4], () => new CommandError("ERR Invalid min-idle-time argument for XCLAIM")),
    );
    let end = 5;
    while (end < args.length && /^\d+(-\d+)?$/.test(args[end] ?? "")) end++;
    const ids = args.slice(5, end).map((text) => readId(text));
    const options = readClaimOptions(new OptionReader(args, end), context.now());
    context.propagateNothing();
    if (options.lastId !== undefined && options.lastId > group.lastDeliveredId) {
      group.lastDeliveredId = options.lastId;
      context.database.changed(key);
      context.propagate(...setIdWords(key, group));
    }
    const consumer = findOrMakeConsumer(context, key, group, consumerName);
    consumer.seenAt = context.now();
    const claimed: Reply[] = [];
    for (const id of ids) {
      const entry = stream.get(id);
      let pending = group.pending.get(id);
      if (entry === undefined) {
        if (pending !== undefined) dropDeleted(context, key, group, id);
        continue;
      }
      if (pending === undefined && options.isForced) pending = { id, consumer, deliveredAt: 0, deliveryCount: 0 };
      if (pending === undefined || (minIdle > 0 && context.now() - pending.deliveredAt < minIdle)) continue;
      claimOne(context, key, group, consumer, pending, options);
      claimed.push(shown(entry, options.isJustId));
    }
    return claimed;
  },
};

const xautoclaim: Command = {
  name: "xautoclaim",
  arity: -6,
  flags: ["write", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Takes over pending entries that are idle for long.",
  run(context, args) {
    const [, key = "", groupName = "", consumerName = "", idleText, startText = ""] = args;
    const minIdle = Math.max(
      0,
      integer(idleText, () => new CommandError("ERR Invalid min-idle-time argument for XAUTOCLAIM")),
    );
    const start = rangeStart(startText);
    const words = new OptionReader(args, 6);
    let [count, isJustId] = [100, false];
    while (words.hasMore) {
      if (words.take("COUNT")) count = readCount(words.value());
      else if (words.take("JUSTID")) isJustId = true;
      else throw syntaxError();
    }
    findValue(context, key, "stream");
    const found = findGroup(context, key, groupName);
    if (found === undefined) throw noSuchGroup(key, groupName);
    const { stream, group } = found;
    context.propagateNothing();
    const consumer = findOrMakeConsumer(context, key, group, consumerName);
    consumer.seenAt = context.now();
    const options: ClaimOptions = {
      deliveredAt: context.now(),
      retryCount: undefined,
      isForced: false,
      isJustId,
      lastId: undefined,
    };
    const [claimed, deleted]: [Reply[], string[]] = [[], []];
    // Redis looks at ten times as many entries as it may return.
    let [attempts, left, next] = [count * 10, count, smallestStreamId];
    for (const pending of [...group.pending]) {
      if (pending.id < start) continue;
      if (attempts-- === 0 || left === 0) {
        next = pending.id;
        break;
      }
      const entry = stream.get(pending.id);
      if (entry === undefined) {
        dropDeleted(context, key, group, pending.id);
        deleted.push(formatStreamId(pending.id));
        left--;
      } else if (minIdle === 0 || context.now() - pending.deliveredAt >= minIdle) {
        claimOne(context, key, group, consumer, pending, options);
        claimed.push(shown(entry, isJustId));
        left--;
      }
    }
    return [formatStreamId(next), claimed, deleted];
  },
};

function readCount(text: string): number {
  const bad = () => new CommandError("ERR COUNT must be > 0");
  const count = integer(text, bad);
  if (count <= 0) throw bad();
  return count;
}

/** XCLAIM, XAUTOCLAIM. */
export const claimCommands: readonly Command[] = [xclaim, xautoclaim];
