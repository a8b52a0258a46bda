import { posix } from "node:path";
import { findService } from "@drydock/core";
import { type AppendOnly, addAppendOnly, appendOnlyOf, type SnapshotManifest } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { type HeldDatabase, heldDatabases } from "./databases.ts";
import type { DataEngine } from "./engine.ts";
import { otherServer } from "./errors.ts";
import { type Exchange, exchangeData } from "./exchange.ts";
import { recoverData } from "./recover.ts";
import type { AtStep } from "./steps.ts";

/** Exchanges the data of every server of a snapshot for the snapshot's. @throws as `restoreSnapshot` */
export async function restoreInto(
  session: Session,
  engine: DataEngine,
  manifest: SnapshotManifest,
  at: AtStep,
  signal: AbortSignal,
): Promise<void> {
  await recoverData(session, engine, signal);
  const databases = await restorable(session, engine, manifest, signal);
  await exchangeServers(
    session,
    engine,
    { title: `restore of ${manifest.id}`, bytes: manifest.bytes },
    databases,
    ({ service }, fresh) => engine.files.copy(posix.join(engine.snapshots, manifest.id, service), fresh, [], signal),
    at,
    signal,
  );
}

/**
 * Gives servers other data, which `fill` puts into the folder that it is told: it takes the place of what is there when all of it is. Servers that run stop
 * and start for it. @throws DevError EXCHANGE_FAILED: the data is what it was
 */
export async function exchangeServers(
  session: Session,
  engine: DataEngine,
  exchange: Pick<Exchange, "title" | "bytes">,
  databases: readonly HeldDatabase[],
  fill: (database: HeldDatabase, folder: string) => Promise<void>,
  at: AtStep,
  signal: AbortSignal,
): Promise<void> {
  const places = await Promise.all(
    databases.map(async (database) => {
      const { live, beside } = engine.place(database.service);
      const [fresh, old] = [posix.join(beside, "new"), posix.join(beside, "old")];
      return { database, live, fresh, old, isThere: (await engine.files.list(live)).length > 0 };
    }),
  );
  await exchangeData(
    session,
    engine,
    {
      ...exchange,
      services: databases.map(({ service }) => service),
      running: databases.filter(({ isRunning }) => isRunning).map(({ service }) => service),
      moves: places.flatMap(({ live, fresh, old, isThere }) => [
        ...(isThere ? [{ from: live, to: old }] : []),
        { from: fresh, to: live },
      ]),
      made: places.map(({ fresh }) => fresh),
      replaced: places.map(({ old }) => old),
      async prepare() {
        for (const { database, fresh, old } of places) {
          await engine.files.remove(fresh);
          await engine.files.remove(old);
          await fill(database, fresh);
          await fitRedis(session, engine, database, fresh, signal);
        }
      },
    },
    at,
    signal,
  );
}

/** The databases of the stack that the snapshot has data of. @throws DevError OTHER_SERVER */
async function restorable(
  session: Session,
  engine: DataEngine,
  manifest: SnapshotManifest,
  signal: AbortSignal,
): Promise<readonly HeldDatabase[]> {
  const databases = await heldDatabases(session, signal);
  return databases.flatMap((database) => {
    const part = manifest.parts.find(({ service }) => service === database.service);
    if (!part) return [];
    const ours = database.provider || part.provider;
    // Redis reads the files of any Redis; MongoDB's files are those of one kind of server.
    const isSame = part.kind === database.kind && (part.kind === "redis" || familyOf(part.provider) === familyOf(ours));
    if (!isSame || manifest.engine !== engine.kind) throw otherServer(part.service, part.provider, ours);
    return [database];
  });
}

const familyOf = (provider: string): string => (provider.startsWith("embedded") ? "embedded" : "mongod");

/** A Redis that keeps an append-only file by now starts from the copy, too. One that does not run says so by its command and by the files that it has. */
async function fitRedis(
  session: Session,
  engine: DataEngine,
  { kind, uri, service }: HeldDatabase,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  if (kind !== "redis") return;
  const appendOnly = uri === undefined ? await restingAppendOnly(session, engine, service) : await appendOnlyOf(uri);
  if (appendOnly) await addAppendOnly(engine.files, folder, "dump.rdb", appendOnly, signal);
}

// The names that Redis gives its append-only file since 7.0 where nothing else is said (redis.conf, appenddirname and appendfilename).
const usual: AppendOnly = { folder: "appendonlydir", file: "appendonly.aof" };

async function restingAppendOnly(
  session: Session,
  engine: DataEngine,
  service: string,
): Promise<AppendOnly | undefined> {
  const words = (findService(session.stack.environment, service)?.command ?? []).join(" ");
  const isSaid = /--appendonly[\s=]+yes/.test(words);
  const names = await engine.files.list(engine.place(service).live);
  return isSaid || names.includes(usual.folder ?? "") ? usual : undefined;
}
