import type { StreamGroup } from "../../keyspace/stream-group.ts";
import {
  largestStreamId,
  type StreamId,
  smallestStreamId,
  streamIdMs,
  streamIdSequence,
} from "../../keyspace/stream-id.ts";
import type { StreamEntry, StreamValue } from "../../keyspace/stream-value.ts";
import type { ByteWriter } from "../byte-writer.ts";
import { type ListpackElement, writeListpack } from "./listpack.ts";
import { writeLength, writeString } from "./rdb-string.ts";

// Redis's own default for entries a node, `stream-node-max-entries`.
const entriesANode = 100;
const sameFieldsFlag = 2;
const unknownEntriesRead = 0xffff_ffff_ffff_ffffn;

/** Writes a stream in the format of Redis 7.0 (2), or of 7.2 (3), which also knows when consumers were active. */
export function writeStream(writer: ByteWriter, stream: StreamValue, format: 2 | 3): void {
  writeLength(writer, Math.ceil(stream.length / entriesANode));
  let node: StreamEntry[] = [];
  for (const entry of stream.range(smallestStreamId, largestStreamId)) {
    node.push(entry);
    if (node.length < entriesANode) continue;
    writeNode(writer, node);
    node = [];
  }
  if (node.length > 0) writeNode(writer, node);
  writeLength(writer, stream.length);
  writeId(writer, stream.lastId);
  writeId(writer, stream.firstId);
  writeId(writer, stream.maxDeletedId);
  writeLength(writer, stream.entriesAdded);
  writeLength(writer, stream.groups.size);
  for (const group of stream.groups.values()) writeGroup(writer, group, format);
}

function writeId(writer: ByteWriter, id: StreamId): void {
  writeLength(writer, streamIdMs(id));
  writeLength(writer, streamIdSequence(id));
}

function writeNode(writer: ByteWriter, entries: readonly StreamEntry[]): void {
  const [first] = entries;
  if (first === undefined) return;
  const fields = first.fields.filter((_, index) => index % 2 === 0);
  const elements: ListpackElement[] = [entries.length, 0, fields.length, ...fields, 0];
  for (const entry of entries) elements.push(...entryElements(entry, first.id, fields));
  writeString(writer, first.id);
  writeString(writer, writeListpack(elements));
}

function entryElements(
  { id, fields: pairs }: StreamEntry,
  master: StreamId,
  fields: readonly string[],
): ListpackElement[] {
  const ms = Number(streamIdMs(id) - streamIdMs(master));
  const sequence = Number(streamIdSequence(id) - streamIdSequence(master));
  const isSame = pairs.length === fields.length * 2 && fields.every((field, index) => pairs[index * 2] === field);
  if (isSame) {
    const values = pairs.filter((_, index) => index % 2 === 1);
    // The last number counts the elements of the entry, for walking backwards.
    return [sameFieldsFlag, ms, sequence, ...values, values.length + 3];
  }
  return [0, ms, sequence, pairs.length / 2, ...pairs, pairs.length + 4];
}

function writeGroup(writer: ByteWriter, group: StreamGroup, format: 2 | 3): void {
  writeString(writer, group.name);
  writeId(writer, group.lastDeliveredId);
  writeLength(writer, group.entriesRead ?? unknownEntriesRead);
  writeLength(writer, group.pending.size);
  for (const { id, deliveredAt, deliveryCount } of group.pending) {
    writer.bytes(id);
    writer.uint64le(BigInt(deliveredAt));
    writeLength(writer, deliveryCount);
  }
  writeLength(writer, group.consumers.size);
  for (const { name, seenAt, activeAt, pending } of group.consumers.values()) {
    writeString(writer, name);
    writer.uint64le(BigInt(seenAt));
    if (format === 3) writer.uint64le(BigInt.asUintN(64, BigInt(activeAt)));
    writeLength(writer, pending.size);
    for (const { id } of pending) writer.bytes(id);
  }
}
