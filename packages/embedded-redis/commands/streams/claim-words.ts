import type { PendingEntry, StreamGroup } from "../../keyspace/stream-group.ts";
import { formatStreamId } from "../../keyspace/stream-id.ts";

/** The XCLAIM that gives a pending entry its consumer, time and count again, for the append-only file. */
export const claimWords = (key: string, group: StreamGroup, pending: PendingEntry): readonly string[] => [
  "XCLAIM",
  key,
  group.name,
  pending.consumer.name,
  "0",
  formatStreamId(pending.id),
  "TIME",
  String(pending.deliveredAt),
  "RETRYCOUNT",
  String(pending.deliveryCount),
  "FORCE",
  "JUSTID",
  "LASTID",
  formatStreamId(group.lastDeliveredId),
];
