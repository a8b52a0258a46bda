import { posix } from "node:path";
import {
  compareWithBackup,
  emptyMongo,
  type LoadOrder,
  loadBackup,
  type PartSource,
  saveRedis,
  syncMongo,
} from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { HeldDatabase } from "../snapshot/databases.ts";
import type { DataEngine } from "../snapshot/engine.ts";
import { recoverData } from "../snapshot/recover.ts";
import { exchangeServers } from "../snapshot/restore.ts";
import { saveInto } from "../snapshot/save.ts";
import type { RestoreTarget } from "./restore-targets.ts";
import { type BackupScratch, scratchRoot, startBackupScratch } from "./scratch.ts";

/** How data is replaced. */
export interface ReplaceOptions extends Pick<LoadOrder, "report" | "at" | "signal"> {
  /** Keep what is there as a snapshot. */
  readonly snapshot: boolean;
}

// What says that a server runs on a folder is not true of a copy.
const leftOut = ["mongod.lock", "WiredTiger.lock", "postmaster.pid"];

/**
 * Fills a server aside with a backup, compares it, and gives the stack's servers its files. A MongoDB begins as a copy of what is there, so that users and the
 * replica set stay. Returns the name of the snapshot of before, where there was something. @throws DevError NO_SCRATCH_SERVER, NO_CONTAINERS before anything is
 * changed, EXCHANGE_FAILED: the data is what it was
 */
export async function replaceData(
  session: Session,
  engine: DataEngine,
  source: PartSource,
  targets: readonly RestoreTarget[],
  options: ReplaceOptions,
): Promise<string | undefined> {
  const { signal, at } = options;
  await recoverData(session, engine, signal);
  await engine.files.remove(scratchRoot(engine));
  const servers = targets.flatMap(({ held }) => (held ? [held] : []));
  const before =
    options.snapshot && (await hasData(engine, servers)) ? await keep(session, engine, source, options) : undefined;
  try {
    const folders = new Map<string, string>();
    for (const target of targets)
      if (target.held) folders.set(target.held.service, await fillAside(engine, source, target, before, options));
    at("filled");
    const fill = async ({ service }: HeldDatabase, fresh: string) =>
      engine.files.copy(folders.get(service) ?? "", fresh, leftOut, signal);
    const exchange = { title: `restore of ${source.manifest.id}` };
    await exchangeServers(session, engine, exchange, servers, fill, at, signal);
    return before;
  } finally {
    await engine.files.remove(scratchRoot(engine));
  }
}

async function keep(
  session: Session,
  engine: DataEngine,
  { manifest }: PartSource,
  { at, signal }: ReplaceOptions,
): Promise<string> {
  const time = new Date(session.clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  const { id } = await saveInto(session, engine, { name: `before-restore-${time}` }, at, signal);
  at(`kept before ${manifest.id}`);
  return id;
}

async function hasData(engine: DataEngine, servers: readonly HeldDatabase[]): Promise<boolean> {
  const lists = await Promise.all(servers.map(({ service }) => engine.files.list(engine.place(service).live)));
  return lists.some((names) => names.length > 0);
}

async function fillAside(
  engine: DataEngine,
  source: PartSource,
  { database, held }: RestoreTarget,
  before: string | undefined,
  { report, at, signal }: ReplaceOptions,
): Promise<string> {
  const service = held?.service ?? database.service;
  const kept = before === undefined ? undefined : posix.join(engine.snapshots, before, service);
  const start = async (from: string | undefined): Promise<BackupScratch> =>
    startBackupScratch(
      engine,
      { service, kind: database.kind },
      held?.provider || database.provider,
      async (folder) => {
        if (from !== undefined) await engine.files.copy(from, folder, [], signal);
      },
      signal,
    );
  const hasCopy = database.kind === "mongo" && kept !== undefined && (await engine.files.exists(kept));
  const scratch = await start(hasCopy ? kept : undefined);
  try {
    if (hasCopy) await emptyMongo(scratch.uri);
    const order = { uri: scratch.uri, only: [], isAside: false, report, at, signal };
    await loadBackup(source, database, order);
    await compareWithBackup(source, database, order, "Nothing was changed.");
    await (database.kind === "mongo" ? syncMongo(scratch.uri) : saveRedis(scratch.uri, signal));
  } finally {
    await scratch.stop();
  }
  return scratch.folder;
}
