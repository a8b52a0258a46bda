import { StreamConsumer, StreamGroup } from "../../keyspace/stream-group.ts";
import { type StreamId, streamId, streamIdMs, streamIdSequence } from "../../keyspace/stream-id.ts";
import { StreamValue } from "../../keyspace/stream-value.ts";
import { type ByteReader, MalformedBytes } from "../byte-reader.ts";
import { readListpack } from "./listpack.ts";
import { readBigLength, readLength, readString } from "./rdb-string.ts";

const deletedFlag = 1;
const sameFieldsFlag = 2;
const unknownEntriesRead = 0xffff_ffff_ffff_ffffn;

/** Reads a stream as Redis 5 (format 1), 7.0 (2) and 7.2 (3) write it. */
export function readStream(reader: ByteReader, format: 1 | 2 | 3): StreamValue {
  const stream = new StreamValue();
  for (let left = readLength(reader); left > 0; left--) {
    const master = readString(reader);
    if (master.length !== 16) throw new MalformedBytes("a stream node has no id", reader.offset);
    readNode(stream, master, readString(reader));
  }
  const length = readLength(reader);
  stream.lastId = readId(reader);
  if (format >= 2) {
    readId(reader); // The first id, which the entries say as well.
    stream.maxDeletedId = readId(reader);
    stream.entriesAdded = readLength(reader);
  } else stream.entriesAdded = length;
  if (stream.length !== length) throw new MalformedBytes("a stream is not as long as it says", reader.offset);
  for (let left = readLength(reader); left > 0; left--) {
    const group = readGroup(reader, format);
    stream.groups.set(group.name, group);
  }
  return stream;
}

const readId = (reader: ByteReader): StreamId => streamId(readBigLength(reader), readBigLength(reader));

/** A node: the entries of a listpack, whose ids and fields are relative to those of its first one (t_stream.c). */
function readNode(stream: StreamValue, master: StreamId, blob: string): void {
  const elements = readListpack(blob);
  const next = (): string => {
    const { value, done } = elements.next();
    if (done === true) throw new MalformedBytes("a stream node ends early", 0);
    return value;
  };
  const take = (count: number): string[] => Array.from({ length: count }, next);
  const total = Number(next()) + Number(next());
  const fields = take(Number(next()));
  next();
  for (let left = total; left > 0; left--) {
    const flags = Number(next());
    const id = streamId(streamIdMs(master) + BigInt(next()), streamIdSequence(master) + BigInt(next()));
    const pairs: string[] = [];
    if ((flags & sameFieldsFlag) !== 0) for (const field of fields) pairs.push(field, next());
    else pairs.push(...take(2 * Number(next())));
    next();
    if ((flags & deletedFlag) === 0) stream.append(id, pairs);
  }
}

function readGroup(reader: ByteReader, format: 1 | 2 | 3): StreamGroup {
  const name = readString(reader);
  const lastDeliveredId = readId(reader);
  const entriesRead = format >= 2 ? readBigLength(reader) : unknownEntriesRead;
  const group = new StreamGroup(
    name,
    lastDeliveredId,
    entriesRead === unknownEntriesRead ? undefined : Number(entriesRead),
  );
  // The group's list says when and how often, the consumers' lists to whom.
  const deliveries = new Map<StreamId, { readonly deliveredAt: number; readonly deliveryCount: number }>();
  for (let left = readLength(reader); left > 0; left--) {
    const id = reader.bytes(16);
    deliveries.set(id, { deliveredAt: Number(reader.uint64le()), deliveryCount: readLength(reader) });
  }
  for (let left = readLength(reader); left > 0; left--) {
    const consumer = new StreamConsumer(readString(reader), Number(reader.uint64le()));
    consumer.activeAt = format >= 3 ? Number(reader.int64le()) : consumer.seenAt;
    group.consumers.set(consumer.name, consumer);
    for (let pending = readLength(reader); pending > 0; pending--) {
      const id = reader.bytes(16);
      const delivery = deliveries.get(id);
      if (delivery === undefined)
        throw new MalformedBytes("a consumer has an entry that its group has not", reader.offset);
      group.assign({ id, consumer, ...delivery }, consumer);
    }
  }
  return group;
}
