import { posix } from "node:path";
import type { BackedUpDatabase } from "@drydock/databases";
import { isAlive } from "../../is-alive.ts";
import type { DataEngine, ScratchServer } from "../snapshot/engine.ts";

const allScratch = (engine: DataEngine): string => posix.join(engine.snapshots, "..", "backup-scratch");

/** Where servers that this process starts for a moment keep their data, in paths of the engine. */
export const scratchRoot = (engine: DataEngine): string => posix.join(allScratch(engine), String(process.pid));

/** Removes what processes have left there that were killed. @throws the files' errors */
export async function removeDeadScratch(engine: DataEngine): Promise<void> {
  for (const name of await engine.files.list(allScratch(engine)))
    if (!isAlive(Number(name))) await engine.files.remove(posix.join(allScratch(engine), name));
}

/** A server of its own with a folder of its own. */
export interface BackupScratch {
  readonly uri: string;
  readonly folder: string;
  readonly provider: string;
  /** Ends it; its folder stays. */
  stop(): Promise<void>;
}

/**
 * Starts a server of the same kind as the stack's on a folder, which `fill` may put something into.
 * @throws DevError NO_SCRATCH_SERVER where none of that kind can be had
 */
export async function startBackupScratch(
  engine: DataEngine,
  database: Pick<BackedUpDatabase, "service" | "kind">,
  provider: string,
  fill: (folder: string) => Promise<void>,
  signal: AbortSignal,
): Promise<BackupScratch> {
  const { service, kind } = database;
  const folder = posix.join(scratchRoot(engine), service);
  await engine.files.remove(folder);
  await fill(folder);
  await engine.files.makeFolder(folder);
  const served: ScratchServer = await engine.serve({ service, kind, provider }, folder, signal);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= served.stop();
    return stopping;
  };
  return { uri: served.uri, folder, provider, stop };
}
