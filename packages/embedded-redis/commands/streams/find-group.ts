import { StreamConsumer, type StreamGroup } from "../../keyspace/stream-group.ts";
import { formatStreamId, largestStreamId, nextStreamId, smallestStreamId } from "../../keyspace/stream-id.ts";
import type { StreamValue } from "../../keyspace/stream-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { CommandError } from "../command-error.ts";
import { findValue } from "../find-value.ts";

/** A group with its stream. */
export interface FoundGroup {
  readonly stream: StreamValue;
  readonly group: StreamGroup;
}

/** The group; undefined when there is no such stream or group. @throws CommandError WRONGTYPE */
export function findGroup(context: CommandContext, key: string, name: string): FoundGroup | undefined {
  const stream = findValue(context, key, "stream");
  const group = stream?.groups.get(name);
  return stream === undefined || group === undefined ? undefined : { stream, group };
}

/** "NOGROUP No such key ... or consumer group ...". */
export const noSuchGroup = (key: string, group: string, where = ""): CommandError =>
  new CommandError(`NOGROUP No such key '${key}' or consumer group '${group}'${where}`);

/** The consumer, made when there is none (then the append-only file is told). */
export function findOrMakeConsumer(
  context: CommandContext,
  key: string,
  group: StreamGroup,
  name: string,
): StreamConsumer {
  const existing = group.consumers.get(name);
  if (existing !== undefined) return existing;
  const made = new StreamConsumer(name, context.now());
  group.consumers.set(name, made);
  context.database.changed(key);
  context.notify("t", "xgroup-createconsumer", key);
  context.propagate("XGROUP", "CREATECONSUMER", key, group.name, name);
  return made;
}

/** How many entries of all that were ever added come up to this id; undefined when deletions make that unknown (t_stream.c). */
export function entriesUpTo(stream: StreamValue, id: string): number | undefined {
  if (stream.entriesAdded === 0) return 0;
  if (stream.length === 0 && id <= stream.lastId) return stream.entriesAdded;
  if (id === stream.lastId) return stream.entriesAdded;
  if (id > stream.lastId) return undefined;
  const hasHoles = stream.maxDeletedId !== smallestStreamId && stream.maxDeletedId >= stream.firstId;
  if (hasHoles) return undefined;
  if (id < stream.firstId) return stream.entriesAdded - stream.length;
  return id === stream.firstId ? stream.entriesAdded - stream.length + 1 : undefined;
}

/** How many entries the group has not been given yet; null when that is unknown. */
export function lagOf(stream: StreamValue, group: StreamGroup): number | null {
  if (stream.entriesAdded === 0) return 0;
  if (group.entriesRead !== undefined && !hasDeletedAfter(stream, group.lastDeliveredId)) {
    return stream.entriesAdded - group.entriesRead;
  }
  const read = entriesUpTo(stream, group.lastDeliveredId);
  return read === undefined ? null : stream.entriesAdded - read;
}

/** True when an entry after this id was deleted, so that counting is off. */
export function hasDeletedAfter(stream: StreamValue, id: string): boolean {
  if (stream.length === 0 || stream.maxDeletedId === smallestStreamId) return false;
  return stream.maxDeletedId >= (id > stream.firstId ? id : stream.firstId);
}

/** True when there is an entry after the last one that the group was given. */
export function hasNewEntries(stream: StreamValue, group: StreamGroup): boolean {
  const start = nextStreamId(group.lastDeliveredId);
  if (start === undefined) return false;
  for (const _entry of stream.range(start, largestStreamId)) return true;
  return false;
}

/** The words that put a group's position into the append-only file. */
export const setIdWords = (key: string, group: StreamGroup): readonly string[] => [
  "XGROUP",
  "SETID",
  key,
  group.name,
  formatStreamId(group.lastDeliveredId),
  "ENTRIESREAD",
  String(group.entriesRead ?? -1),
];
