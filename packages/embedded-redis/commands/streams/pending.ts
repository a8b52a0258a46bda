import type { StreamGroup } from "../../keyspace/stream-group.ts";
import { formatStreamId, largestStreamId, type StreamId, smallestStreamId } from "../../keyspace/stream-id.ts";
import { nullArray, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { integer } from "../numbers.ts";
import { rangeEnd, rangeStart } from "./entry-ids.ts";
import { findGroup, noSuchGroup } from "./find-group.ts";

function summarize(group: StreamGroup): Reply {
  const all = [...group.pending];
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [0, null, null, nullArray];
  const consumers = [...group.consumers.values()].filter(({ pending }) => pending.size > 0);
  consumers.sort((a, b) => (a.name < b.name ? -1 : 1));
  const counts = consumers.map(({ name, pending }): Reply => [name, String(pending.size)]);
  return [all.length, formatStreamId(first.id), formatStreamId(last.id), counts];
}

interface PendingRequest {
  readonly minIdle: number;
  readonly start: StreamId;
  readonly end: StreamId;
  readonly count: number;
  readonly consumer: string | undefined;
}

function readRequest(args: readonly string[]): PendingRequest | undefined {
  if (args.length === 3) return undefined;
  const hasIdle = args[3]?.toUpperCase() === "IDLE";
  const at = hasIdle ? 5 : 3;
  if (args.length < at + 3 || args.length > at + 4) throw syntaxError();
  const minIdle = hasIdle ? integer(args[4]) : 0;
  const count = Math.max(0, integer(args[at + 2]));
  const [start, end] = [rangeStart(args[at] ?? ""), rangeEnd(args[at + 1] ?? "")];
  return { minIdle, start, end, count, consumer: args[at + 3] };
}

const xpending: Command = {
  name: "xpending",
  arity: -3,
  flags: ["readonly"],
  group: "stream",
  keys: [1, 1, 1],
  summary: "Tells what was delivered and not acknowledged.",
  run(context, args) {
    const [, key = "", name = ""] = args;
    const request = readRequest(args);
    findValue(context, key, "stream");
    const found = findGroup(context, key, name);
    if (found === undefined) throw noSuchGroup(key, name);
    if (request === undefined) return summarize(found.group);
    const { consumer, start = smallestStreamId, end = largestStreamId, count, minIdle } = request;
    const pending = consumer === undefined ? found.group.pending : found.group.consumers.get(consumer)?.pending;
    const rows: Reply[] = [];
    for (const each of pending ?? []) {
      if (rows.length >= count || each.id > end) break;
      const idle = Math.max(0, context.now() - each.deliveredAt);
      if (each.id < start || idle < minIdle) continue;
      rows.push([formatStreamId(each.id), each.consumer.name, idle, each.deliveryCount]);
    }
    return rows;
  },
};

/** XPENDING. */
export const pendingCommands: readonly Command[] = [xpending];
