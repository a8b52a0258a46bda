import { MongoError } from "../errors/mongo-error.ts";
import type { ReadConcern } from "../server/read-concern.ts";
import type { Server } from "../server/server.ts";
import type { Snapshot, Store } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import type { TimestampValue } from "../values/scalars.ts";
import type { Session } from "./session.ts";

/** A snapshot that stays for later reads of its session. */
export interface HeldSnapshot {
  readonly snapshot: Snapshot;
  readonly time: TimestampValue;
}

/** A session holds no more than so many: the oldest are let go of. */
const heldPerSession = 4;

/**
 * The snapshot of a read with the concern "snapshot": the session's one of `atClusterTime`, or a new one whose time the client is told
 * (driver specification "Snapshot Reads"). @throws MongoError SnapshotTooOld when the time is none that the session has read at
 */
export function holdSnapshot(
  server: Server,
  store: Store,
  session: Session | undefined,
  concern: ReadConcern | undefined,
): HeldSnapshot | undefined {
  if (!session || concern?.level !== "snapshot") return undefined;
  if (concern.atClusterTime) {
    const snapshot = session.snapshots.get(keyOf(concern.atClusterTime));
    if (!snapshot)
      throw new MongoError("SnapshotTooOld", "Read timestamp is none at which this session holds a snapshot");
    return { snapshot, time: concern.atClusterTime };
  }
  const time = server.clusterTime();
  if (!time) return undefined;
  const key = keyOf(time);
  const snapshot = session.snapshots.get(key) ?? store.snapshot();
  session.snapshots.set(key, snapshot);
  const [oldest] = session.snapshots;
  if (oldest && session.snapshots.size > heldPerSession) {
    oldest[1].close();
    session.snapshots.delete(oldest[0]);
  }
  return { snapshot, time };
}

const keyOf = ({ seconds, increment }: TimestampValue): string => `${seconds}:${increment}`;

/** Adds the time: to the cursor, or to a reply without one. */
export function tellSnapshotTime(reply: Document, time: TimestampValue): Document {
  const cursor = reply.get("cursor");
  if (!(cursor instanceof Document)) return Document.of(new Map([...reply.fields(), ["atClusterTime", time]]));
  const timed = Document.of(new Map([...cursor.fields(), ["atClusterTime", time]]));
  return Document.of(new Map([...reply.fields(), ["cursor", timed]]));
}
