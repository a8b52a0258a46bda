import { DevError, type Emit } from "@drydock/core";
import { type BackedUpDatabase, compareWithBackup, loadBackup, type PartSource } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { StackSource } from "../../supervisor.ts";
import { heldDatabases } from "../snapshot/databases.ts";
import type { DataEngine } from "../snapshot/engine.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { findBackup, openBackup } from "./find-backup.ts";
import type { BackupPlace } from "./place.ts";
import { progressEvents } from "./progress.ts";
import type { BackupActs } from "./request.ts";
import { removeDeadScratch, scratchRoot, startBackupScratch } from "./scratch.ts";

/**
 * Restores a backup into servers that are there for it alone, compares all of it with what was backed up, and notes the outcome beside the backup. Nothing of
 * the stack is touched. @throws DevError BACKUP_DAMAGED, RESTORED_DIFFERS, which are noted too; NO_SUCH_BACKUP, BACKUP_KEY, LOAD_FAILED
 */
export async function verifyBackup(
  session: Session,
  { store, settings }: BackupPlace,
  { id, identity }: BackupActs["verify"]["request"],
  stackSource: StackSource,
  emit: Emit,
  signal: AbortSignal,
): Promise<BackupActs["verify"]["result"]> {
  const { environment } = session.stack;
  const manifest = await findBackup(store, id, signal);
  const at = () => new Date(session.clock.now()).toISOString();
  try {
    const key = identity ?? settings.identity;
    const source = await openBackup(store, manifest, key, stackSource, environment.directory);
    const report = progressEvents(session.clock, emit);
    const served = await withDataEngine(session, signal, async (engine) => {
      await removeDeadScratch(engine);
      const providers: string[] = [];
      for (const database of manifest.databases)
        providers.push(await verifyOne(session, engine, source, database, report, signal));
      return providers;
    });
    const record = { at: at(), ok: true, detail: [...new Set(served)].join(", ") };
    await store.note(manifest.id, record);
    return { id: manifest.id, ...record };
  } catch (error) {
    // What another key or another machine would change says nothing of the backup.
    if (error instanceof DevError && ["BACKUP_DAMAGED", "RESTORED_DIFFERS"].includes(error.code))
      await store.note(manifest.id, { at: at(), ok: false, detail: error.message });
    throw error;
  }
}

async function verifyOne(
  session: Session,
  engine: DataEngine,
  source: PartSource,
  database: BackedUpDatabase,
  report: ReturnType<typeof progressEvents>,
  signal: AbortSignal,
): Promise<string> {
  const held = (await heldDatabases(session, signal)).find(({ service }) => service === database.service);
  const provider = held?.provider || database.provider;
  const start = (by: string) => startBackupScratch(engine, database, by, async () => undefined, signal);
  const scratch = await start(provider).catch((error: unknown) => {
    // A backup is of no kind of server: the embedded ones read it, too, and the record says so.
    if (error instanceof DevError && error.code === "NO_SCRATCH_SERVER" && engine.kind === "local")
      return start(database.kind === "mongo" ? "embedded MongoDB" : "embedded Redis");
    throw error;
  });
  try {
    const order = { uri: scratch.uri, only: [], isAside: false, report, at: () => undefined, signal };
    await loadBackup(source, database, order);
    await compareWithBackup(source, database, order, "The backup cannot be trusted: make another (`dev backup run`).");
    return scratch.provider;
  } finally {
    await scratch.stop();
    await engine.files.remove(scratchRoot(engine));
  }
}
