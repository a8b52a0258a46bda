import { readSnapshots, type SnapshotManifest } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { noSuchSnapshot } from "./errors.ts";
import { snapshotFolder } from "./folder.ts";
import { withDataEngine } from "./open.ts";
import { restoreInto } from "./restore.ts";
import { type SaveOptions, saveInto } from "./save.ts";
import { goOn } from "./steps.ts";

/** The newest snapshot that was made with this key and that the stack's engine can restore; undefined where there is none. */
export async function findSnapshotByKey(session: Session, key: string): Promise<SnapshotManifest | undefined> {
  const { kind } = session.stack.engine.description;
  const all = await readSnapshots(snapshotFolder(session.folder));
  return all.findLast((each) => each.key === key && each.engine === kind);
}

/** Copies the data of every database as one unit. To be called within `session.exclusively`. @throws DevError SNAPSHOT_EXISTS, BAD_NAME, NO_DATABASES, NO_DATA, SNAPSHOT_FAILED */
export function saveSnapshot(session: Session, options: SaveOptions, signal: AbortSignal): Promise<SnapshotManifest> {
  return withDataEngine(session, signal, (engine) => saveInto(session, engine, options, goOn, signal));
}

/**
 * Puts a snapshot's data in the place of what is there; servers that run stop and start for it. To be called within `session.exclusively`.
 * @throws DevError NO_SUCH_SNAPSHOT, OTHER_SERVER, EXCHANGE_FAILED: the data is what it was
 */
export async function restoreSnapshot(session: Session, id: string, signal: AbortSignal): Promise<SnapshotManifest> {
  const all = await readSnapshots(snapshotFolder(session.folder));
  const manifest = all.find((each) => each.id === id);
  if (!manifest)
    throw noSuchSnapshot(
      id,
      all.map((each) => each.id),
    );
  await withDataEngine(session, signal, (engine) => restoreInto(session, engine, manifest, goOn, signal));
  return manifest;
}
