import {
  type BackupManifest,
  type BackupStore,
  backupUnusable,
  decryptWith,
  noSuchBackup,
  type PartSource,
  tryKey,
} from "@drydock/databases";
import type { StackSource } from "../../supervisor.ts";
import { pathOf } from "./place.ts";

/** A backup by its name, or the newest that can be used. @throws DevError NO_SUCH_BACKUP, BACKUP_UNUSABLE, BACKUP_PLACE */
export async function findBackup(
  store: BackupStore,
  id: string | undefined,
  signal: AbortSignal,
): Promise<BackupManifest> {
  const all = await store.list(signal);
  const found =
    id === undefined ? all.findLast(({ manifest }) => manifest !== undefined) : all.find((each) => each.id === id);
  if (!found)
    throw noSuchBackup(
      id,
      all.map((each) => each.id),
      store.title,
    );
  if (!found.manifest) throw backupUnusable(found.id, found.problem ?? "");
  return found.manifest;
}

/** What reads a backup's parts, with the key tried. @throws DevError BACKUP_KEY, BAD_IDENTITY, BACKUP_DAMAGED */
export async function openBackup(
  store: BackupStore,
  manifest: BackupManifest,
  identity: string | undefined,
  source: StackSource,
  directory: string,
): Promise<PartSource> {
  const named = identity ?? (source.variables.DRYDOCK_AGE_IDENTITY || undefined);
  const decrypt =
    manifest.encryption && named !== undefined
      ? await decryptWith(pathOf(named, directory, source.variables))
      : undefined;
  const opened = { manifest, open: (part: string) => store.open(manifest.id, part), decrypt };
  await tryKey(opened);
  return opened;
}
