import {
  largestStreamId,
  nextStreamId,
  parseStreamId,
  previousStreamId,
  type StreamId,
  smallestStreamId,
} from "../../keyspace/stream-id.ts";
import { CommandError } from "../command-error.ts";

/** "ERR Invalid stream ID specified as stream command argument". */
export const invalidId = (): CommandError =>
  new CommandError("ERR Invalid stream ID specified as stream command argument");

/** An id as XADD and XACK take it, the sequence 0 where none is written. @throws CommandError */
export function readId(text: string | undefined, missingSequence = 0n): StreamId {
  const id = parseStreamId(text ?? "", missingSequence);
  if (id === undefined) throw invalidId();
  return id;
}

const maxSequence = 0xffff_ffff_ffff_ffffn;

/** The first id of a range: "-", "ms", "ms-seq", each after "(" for "not included". @throws CommandError */
export function rangeStart(text: string): StreamId {
  if (text === "-") return smallestStreamId;
  if (text === "+") return largestStreamId;
  if (!text.startsWith("(")) return readId(text, 0n);
  const next = nextStreamId(readId(text.slice(1), 0n));
  if (next === undefined) throw new CommandError("ERR invalid start ID for the interval");
  return next;
}

/** The last id of a range. @throws CommandError */
export function rangeEnd(text: string): StreamId {
  if (text === "+") return largestStreamId;
  if (text === "-") return smallestStreamId;
  if (!text.startsWith("(")) return readId(text, maxSequence);
  const previous = previousStreamId(readId(text.slice(1), maxSequence));
  if (previous === undefined) throw new CommandError("ERR invalid end ID for the interval");
  return previous;
}
