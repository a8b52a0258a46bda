import { MongoError } from "../../errors/mongo-error.ts";
import type { ReplicaSet } from "../../server/replica-set.ts";
import type { Server } from "../../server/server.ts";

/** The server's replica set. @throws MongoError NoReplicationEnabled when it was started without one */
export function replicaSetOf({ replicaSet }: Server): ReplicaSet {
  if (!replicaSet) throw new MongoError("NoReplicationEnabled", "This node was not started with replication enabled.");
  return replicaSet;
}

/** @throws MongoError NotYetInitialized before replSetInitiate */
export function initiatedSetOf(server: Server): ReplicaSet {
  const set = replicaSetOf(server);
  if (!set.configuration) throw new MongoError("NotYetInitialized", "no replset config has been received");
  return set;
}
