import type { LoadedDataset, SeedTargets } from "@drydock/databases";
import type { StackDatabase } from "../find-databases.ts";
import { badTarget, noDatabase, remoteDatabase } from "./errors.ts";

/** Where a dataset goes when nothing is said: the stack's first MongoDB and first Redis, in the databases that its services use. @throws DevError NO_DATABASE */
export function stackTargets(databases: readonly StackDatabase[], dataset: LoadedDataset): SeedTargets {
  const mongo = databases.find(({ kind }) => kind === "mongo");
  const redis = databases.find(({ kind }) => kind === "redis");
  if (dataset.collections.length > 0 && !mongo?.uri) throw noDatabase("MongoDB", mongo?.service);
  if (dataset.entries.length > 0 && !redis?.uri) throw noDatabase("Redis", redis?.service);
  return {
    ...(mongo?.uri && dataset.collections.length > 0
      ? { mongo: { uri: mongo.uri, database: dataset.database ?? mongo.names[0] ?? "test" } }
      : {}),
    ...(redis?.uri && (dataset.entries.length > 0 || dataset.hasAfter)
      ? { redis: { uri: `${redis.uri}/${redis.names[0] ?? "0"}` } }
      : {}),
  };
}

/**
 * Where it goes when servers are named. @throws DevError REMOTE_DATABASE for one that is not on this machine and not among `allowed`, BAD_TARGET
 */
export function namedTargets(uris: readonly string[], allowed: readonly string[], dataset: LoadedDataset): SeedTargets {
  let targets: SeedTargets = {};
  for (const uri of uris) {
    const { hosts, kind, database } = readTarget(uri);
    const remote = hosts.find((host) => !isLocalHost(host) && !allowed.includes(host));
    if (remote !== undefined) throw remoteDatabase(remote);
    targets =
      kind === "redis"
        ? { ...targets, redis: { uri } }
        : { ...targets, mongo: { uri, database: dataset.database ?? (database || "test") } };
  }
  if (dataset.collections.length > 0 && !targets.mongo) throw noDatabase("MongoDB", undefined);
  if (dataset.entries.length > 0 && !targets.redis) throw noDatabase("Redis", undefined);
  return targets;
}

/** What a connection string says. One with several hosts is no URL (MongoDB manual, connection strings). @throws DevError BAD_TARGET */
export function readTarget(uri: string): {
  readonly kind: "mongo" | "redis";
  readonly hosts: readonly string[];
  readonly database: string;
} {
  const [, scheme = "", places = "", database = ""] =
    /^(mongodb|mongodb\+srv|redis|rediss):\/\/(?:[^@/]*@)?([^/?]+)\/?([^?]*)/.exec(uri) ?? [];
  if (scheme === "" || places === "") throw badTarget(uri);
  const hosts = places.split(",").map((place) => place.replace(/:\d+$/, "").replace(/^\[|\]$/g, ""));
  return { kind: scheme.startsWith("mongodb") ? "mongo" : "redis", hosts, database: decodeURIComponent(database) };
}

/** Whether a host is this machine. */
export const isLocalHost = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host) || host.endsWith(".sock");
