import {
  formatStreamId,
  largestStreamId,
  nextStreamId,
  type StreamId,
  smallestStreamId,
} from "../../keyspace/stream-id.ts";
import type { StreamEntry } from "../../keyspace/stream-value.ts";
import { map, nullArray, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { rangeEnd, rangeStart, readId } from "./entry-ids.ts";

/** An entry as commands return it. */
export const entryReply = ({ id, fields }: StreamEntry): Reply => [formatStreamId(id), fields];

/** What XREAD and XREADGROUP return: streams with their entries; a map in RESP3. */
export function streamsReply(
  context: CommandContext,
  streams: readonly (readonly [key: string, entries: Reply])[],
): Reply {
  if (streams.length === 0) return nullArray;
  return context.client.protocol === 3 ? map(streams.flat()) : streams;
}

/** Up to `count` entries of an iterator; all for undefined. */
export function takeEntries(entries: Iterable<StreamEntry>, count: number | undefined): StreamEntry[] {
  const taken: StreamEntry[] = [];
  if (count === 0) return taken;
  for (const entry of entries) {
    taken.push(entry);
    if (taken.length === count) break;
  }
  return taken;
}

const ranger = (name: "xrange" | "xrevrange", summary: string): Command => ({
  name,
  arity: -4,
  flags: ["readonly"],
  group: "stream",
  keys: firstKey,
  summary,
  run(context, args) {
    const [, key = "", first = "", second = ""] = args;
    const [startText, endText] = name === "xrange" ? [first, second] : [second, first];
    const [start, end] = [rangeStart(startText), rangeEnd(endText)];
    const options = new OptionReader(args, 4);
    let count: number | undefined;
    while (options.hasMore) {
      if (!options.take("COUNT")) throw syntaxError();
      count = Math.max(0, integer(options.value()));
    }
    const stream = findValue(context, key, "stream");
    if (count === 0) return stream === undefined ? [] : nullArray;
    return stream === undefined
      ? []
      : takeEntries(stream.range(start, end, name === "xrevrange"), count).map(entryReply);
  },
});

const xlen: Command = {
  name: "xlen",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Counts the entries of a stream.",
  run: (context, [, key = ""]) => findValue(context, key, "stream")?.length ?? 0,
};

/** `... STREAMS key... id...`, as XREAD and XREADGROUP have it. */
export interface ReadRequest {
  readonly keys: readonly string[];
  readonly ids: readonly string[];
  readonly count: number | undefined;
  /** Milliseconds; undefined for not waiting. */
  readonly blockMs: number | undefined;
  readonly isNoAck: boolean;
}

/** Reads the options from index `at` on. @throws CommandError */
export function readReadRequest(args: readonly string[], at: number, name: "xread" | "xreadgroup"): ReadRequest {
  const options = new OptionReader(args, at);
  let [count, blockMs, isNoAck]: [number | undefined, number | undefined, boolean] = [undefined, undefined, false];
  while (!options.take("STREAMS")) {
    if (options.take("COUNT")) count = Math.max(0, integer(options.value())) || undefined;
    else if (options.take("BLOCK")) blockMs = readBlock(options.value());
    else if (name === "xreadgroup" && options.take("NOACK")) isNoAck = true;
    else throw syntaxError();
  }
  const rest = options.rest();
  if (rest.length === 0) throw syntaxError();
  if (rest.length % 2 !== 0) {
    const wanted = name === "xread" ? "'$'" : "'>'";
    throw new CommandError(
      `ERR Unbalanced '${name}' list of streams: for each stream key an ID${name === "xread" ? ", '+'," : ""} or ${wanted} must be specified.`,
    );
  }
  return { keys: rest.slice(0, rest.length / 2), ids: rest.slice(rest.length / 2), count, blockMs, isNoAck };
}

function readBlock(text: string): number {
  const ms = integer(text, () => new CommandError("ERR timeout is not an integer or out of range"));
  if (ms < 0) throw new CommandError("ERR timeout is negative");
  return ms;
}

/** Where the keys of XREAD and XREADGROUP are. */
export function streamKeys(args: readonly string[]): readonly number[] {
  const at = args.findIndex((arg, index) => index > 0 && arg.toUpperCase() === "STREAMS");
  const count = at < 0 ? 0 : Math.floor((args.length - at - 1) / 2);
  return Array.from({ length: count }, (_, index) => at + 1 + index);
}

/** The id after which reading begins. */
function afterId(context: CommandContext, key: string, text: string): StreamId {
  const stream = findValue(context, key, "stream");
  if (text === "$") return stream?.lastId ?? smallestStreamId;
  if (text !== "+") return readId(text);
  const { newestId } = stream ?? { newestId: smallestStreamId };
  return newestId;
}

const xread: Command = {
  name: "xread",
  arity: -4,
  flags: ["readonly", "blocking", "movablekeys"],
  group: "stream",
  keys: streamKeys,
  summary: "Returns new entries of streams, waiting for them when asked.",
  run(context, args) {
    const { keys, ids, count, blockMs } = readReadRequest(args, 1, "xread");
    const after = keys.map((key, index) => afterId(context, key, ids[index] ?? ""));
    const readOne = (key: string): Reply | undefined => {
      const stream = findValue(context, key, "stream");
      const index = keys.indexOf(key);
      if (stream !== undefined && ids[index] === "+") {
        const newest = takeEntries(stream.range(smallestStreamId, largestStreamId, true), 1);
        if (newest.length > 0) return newest.map(entryReply);
      }
      const start = nextStreamId(after[index] ?? smallestStreamId);
      if (stream === undefined || start === undefined || stream.lastId < start) return undefined;
      const entries = takeEntries(stream.range(start, largestStreamId), count);
      return entries.length === 0 ? undefined : entries.map(entryReply);
    };
    const found = keys.flatMap((key): [string, Reply][] => {
      const entries = readOne(key);
      return entries === undefined ? [] : [[key, entries]];
    });
    if (found.length > 0 || blockMs === undefined) return streamsReply(context, found);
    return context.block(keys, blockMs, nullArray, (key) => {
      if (context.database.peek(key)?.kind !== "stream") return undefined;
      const entries = readOne(key);
      return entries === undefined ? undefined : streamsReply(context, [[key, entries]]);
    });
  },
};

/** XRANGE, XREVRANGE, XLEN, XREAD. */
export const readEntries: readonly Command[] = [
  ranger("xrange", "Returns entries of a stream."),
  ranger("xrevrange", "Returns entries of a stream, the newest first."),
  xlen,
  xread,
];
