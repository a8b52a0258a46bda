import type { StreamId } from "../../keyspace/stream-id.ts";
import { type StreamNode, streamLimits } from "../../keyspace/stream-node.ts";
import type { StreamValue } from "../../keyspace/stream-value.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { integer } from "../numbers.ts";
import type { OptionReader } from "../options.ts";
import { readId } from "./entry-ids.ts";

/** How a stream is to be trimmed. */
export interface Trim {
  readonly by: { readonly maxLength: number } | { readonly minId: StreamId };
  readonly isApproximate: boolean;
  readonly limit: number | undefined;
}

/** Reads MAXLEN or MINID, whose word was taken already. @throws CommandError */
export function readTrim(word: "MAXLEN" | "MINID", options: OptionReader): Trim {
  const isApproximate = options.take("~");
  if (!isApproximate) options.take("=");
  const value = options.value();
  const by = word === "MINID" ? { minId: readId(value) } : { maxLength: readLength(value) };
  if (!options.take("LIMIT")) return { by, isApproximate, limit: undefined };
  const limit = integer(options.value());
  if (limit < 0) throw new CommandError("ERR The LIMIT argument must be >= 0.");
  if (!isApproximate) throw new CommandError("ERR syntax error, LIMIT cannot be used without the special ~ option");
  return { by, isApproximate, limit };
}

function readLength(text: string): number {
  const length = integer(text);
  if (length < 0) throw new CommandError("ERR The MAXLEN argument must be >= 0.");
  return length;
}

/** Trims and returns how many entries went. An approximate trim removes whole nodes only (t_stream.c, streamTrim). */
export function trimStream(stream: StreamValue, { by, isApproximate, limit }: Trim): number {
  if (isApproximate) {
    const isOld =
      "maxLength" in by
        ? ({ entries }: StreamNode) => stream.length - entries >= by.maxLength
        : ({ lastId }: StreamNode) => lastId < by.minId;
    return stream.trimNodes(isOld, limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? defaultLimit()));
  }
  const due = "maxLength" in by ? Math.max(0, stream.length - by.maxLength) : countBelow(stream, by.minId);
  return stream.trimFront(due);
}

/** The entries that an approximate trim without LIMIT takes at most: those of 100 nodes (t_stream.c, streamParseAddOrTrimArgsOrReply). */
const defaultLimit = (): number => Math.min(100 * streamLimits.nodeEntries || 10_000, 1_000_000);

function countBelow(stream: StreamValue, minId: StreamId): number {
  let count = 0;
  for (const { id } of stream.range("", minId)) if (id < minId) count++;
  return count;
}

/** @throws CommandError for a word that is neither */
export function trimWord(word: string): "MAXLEN" | "MINID" {
  if (word === "MAXLEN" || word === "MINID") return word;
  throw syntaxError();
}
