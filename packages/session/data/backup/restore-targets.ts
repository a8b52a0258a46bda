import { type BackedUpDatabase, type BackupManifest, liveCounts } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { isLocalHost, readTarget } from "../seed/targets.ts";
import { type HeldDatabase, heldDatabases } from "../snapshot/databases.ts";
import { noPlaceFor, notRunning, remoteRestore } from "./errors.ts";
import type { RestoreChange, RestoreRequest } from "./request.ts";

/** Where one server's part of a backup goes. */
export interface RestoreTarget {
  readonly database: BackedUpDatabase;
  /** Undefined: a server of the stack that does not run. */
  readonly uri: string | undefined;
  /** Undefined: a server that was named by its address. */
  readonly held: HeldDatabase | undefined;
}

/**
 * Finds where the parts of a backup go: to the stack's servers of the same name, or the only ones of their kind; or to those that are named.
 * @throws DevError NO_PLACE_FOR, NOT_RUNNING_NOW, REMOTE_DATABASE, BAD_TARGET
 */
export async function findTargets(
  session: Session,
  { databases }: BackupManifest,
  { into, allowRemote, only }: RestoreRequest,
  signal: AbortSignal,
): Promise<readonly RestoreTarget[]> {
  // Redis has no collections: with `only` it is left alone.
  const wanted = databases.filter(({ kind }) => only.length === 0 || kind === "mongo");
  if (into.length > 0) return namedTargets(wanted, into, allowRemote);
  const held = await heldDatabases(session, signal);
  const targets = wanted.map((database): RestoreTarget => {
    const sameKind = held.filter(({ kind }) => kind === database.kind);
    const isOnly = sameKind.length === 1 && wanted.filter(({ kind }) => kind === database.kind).length === 1;
    const found = sameKind.find(({ service }) => service === database.service) ?? (isOnly ? sameKind[0] : undefined);
    if (!found) throw noPlaceFor(database.service, database.kind === "mongo" ? "MongoDB" : "Redis");
    return { database, uri: found.uri, held: found };
  });
  const resting = targets.flatMap(({ uri, held: each }) => (uri === undefined && each ? [each.service] : []));
  if (only.length > 0 && resting.length > 0)
    throw notRunning(resting, "single collections are restored within a server that runs");
  return targets;
}

function namedTargets(
  databases: readonly BackedUpDatabase[],
  into: readonly string[],
  allowed: readonly string[],
): readonly RestoreTarget[] {
  const named = into.map((uri) => ({ uri, ...readTarget(uri) }));
  for (const { hosts } of named) {
    const remote = hosts.find((host) => !isLocalHost(host) && !allowed.includes(host));
    if (remote !== undefined) throw remoteRestore(remote);
  }
  return named.map(({ uri, kind }) => {
    const [database] = databases.filter((each) => each.kind === kind);
    if (!database) throw noPlaceFor(kind, kind === "mongo" ? "MongoDB" : "Redis");
    return { database, uri, held: undefined };
  });
}

/** What is there and what comes instead. @throws the drivers' errors */
export async function changesOf(
  targets: readonly RestoreTarget[],
  { only, into }: RestoreRequest,
): Promise<readonly RestoreChange[]> {
  const lists = await Promise.all(
    targets.map(async ({ database, uri, held }) => {
      const { kind } = database;
      const service = held?.service ?? database.service;
      const live = uri === undefined ? undefined : await liveCounts(kind, uri);
      const wanted = wantedOf(database, only);
      // Collections that the backup does not have stay where it is restored within the server.
      const stays = kind === "mongo" && (only.length > 0 || into.length > 0);
      const going = (live ?? []).filter(({ name }) => !stays && !wanted.some((each) => each.name === name));
      return [
        ...wanted.map(({ name, count }) => {
          const now = live === undefined ? undefined : live.find((each) => each.name === name)?.count;
          return { service, name, now, becomes: count };
        }),
        ...going.map(({ name, count }) => ({ service, name, now: count, becomes: undefined })),
      ];
    }),
  );
  return lists.flat();
}

function wantedOf(database: BackedUpDatabase, only: readonly string[]) {
  if (database.kind === "redis")
    return database.keyspaces.map(({ number, keys }) => ({ name: `database ${number}`, count: keys }));
  return database.collections
    .filter(({ type }) => type !== "view")
    .map((each) => ({ name: `${each.database}.${each.name}`, short: each.name, count: each.documents }))
    .filter(({ name, short }) => only.length === 0 || only.includes(name) || only.includes(short));
}
