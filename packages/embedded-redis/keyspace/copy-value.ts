import { HashValue } from "./hash-value.ts";
import { ListValue } from "./list-value.ts";
import { SetValue } from "./set-value.ts";
import { SortedSetValue } from "./sorted-set-value.ts";
import { StreamConsumer, StreamGroup } from "./stream-group.ts";
import { largestStreamId, smallestStreamId } from "./stream-id.ts";
import { StreamValue } from "./stream-value.ts";
import { StringValue } from "./string-value.ts";
import type { RedisValue } from "./value.ts";

/** A value that is the same and shares nothing. */
export function copyValue(value: RedisValue): RedisValue {
  switch (value.kind) {
    case "string":
      return new StringValue(value.bytes);
    case "list":
      return ListValue.of(value);
    case "set":
      return SetValue.of(value);
    case "hash":
      return copyHash(value);
    case "sortedSet": {
      const copy = new SortedSetValue();
      for (const [member, score] of value) copy.set(member, score);
      return copy;
    }
    case "stream":
      return copyStream(value);
  }
}

function copyHash(hash: HashValue): HashValue {
  const copy = new HashValue();
  for (const { key, value, expiresAt } of hash.entries()) {
    copy.set(key, value);
    if (expiresAt !== 0) copy.setExpiry(key, expiresAt);
  }
  return copy;
}

function copyStream(stream: StreamValue): StreamValue {
  const copy = new StreamValue();
  for (const { id, fields } of stream.range(smallestStreamId, largestStreamId)) copy.append(id, fields);
  copy.lastId = stream.lastId;
  copy.maxDeletedId = stream.maxDeletedId;
  copy.entriesAdded = stream.entriesAdded;
  for (const [name, group] of stream.groups) copy.groups.set(name, copyGroup(group));
  return copy;
}

function copyGroup(group: StreamGroup): StreamGroup {
  const copy = new StreamGroup(group.name, group.lastDeliveredId, group.entriesRead);
  for (const consumer of group.consumers.values()) {
    const same = new StreamConsumer(consumer.name, consumer.seenAt);
    same.activeAt = consumer.activeAt;
    copy.consumers.set(consumer.name, same);
    for (const { id, deliveredAt, deliveryCount } of consumer.pending) {
      copy.assign({ id, consumer: same, deliveredAt, deliveryCount }, same);
    }
  }
  return copy;
}
