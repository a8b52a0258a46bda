import { type BackupStore, decideKeep, type KeepRules } from "@drydock/databases";
import type { BackupActs } from "./request.ts";

/**
 * Removes the backups that newer ones stand for, by the rules; only says which when `isDryRun`. The newest and the last that was verified stay, and so do those
 * that cannot be read: they may be of a newer drydock. @throws DevError BACKUP_PLACE
 */
export async function pruneBackups(
  store: BackupStore,
  rules: KeepRules,
  isDryRun: boolean,
  signal: AbortSignal,
): Promise<BackupActs["prune"]["result"]> {
  const listed = await store.list(signal);
  const usable = listed.flatMap(({ id, manifest, verified }) =>
    manifest ? [{ id, at: Date.parse(manifest.createdAt), isVerified: verified?.ok === true }] : [],
  );
  const decisions = decideKeep(usable, rules);
  if (!isDryRun) for (const { id, isKept } of decisions) if (!isKept) await store.remove(id);
  return { place: store.title, decisions, dryRun: isDryRun };
}
