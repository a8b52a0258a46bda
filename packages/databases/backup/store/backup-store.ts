import type { Readable } from "node:stream";
import type { ListedBackup, VerifyRecord } from "../manifest.ts";

/** A place where backups are kept. */
export interface BackupStore {
  /** For people: `/home/ada/backups/shop`, `s3://bucket/shop`. */
  readonly title: string;
  /** The oldest first; those that cannot be used say why. @throws DevError BACKUP_PLACE */
  list(signal: AbortSignal): Promise<readonly ListedBackup[]>;
  /** An empty folder on this machine, in which a backup is written before anybody sees it. @throws DevError BACKUP_PLACE */
  draft(id: string): Promise<string>;
  /** From now on it is listed: whole, or not at all. @throws DevError BACKUP_PLACE */
  publish(id: string, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<void>;
  /** Nothing of a draft is left. */
  discard(id: string): Promise<void>;
  /** Opens a part as it is stored. @throws the place's error */
  open(id: string, part: string): Promise<Readable>;
  /** Notes how a backup was verified, beside its manifest. @throws DevError BACKUP_PLACE */
  note(id: string, record: VerifyRecord): Promise<void>;
  /** It is no longer listed, then its parts go. @throws DevError BACKUP_PLACE */
  remove(id: string): Promise<void>;
  /**
   * Finishes or removes what a crash has left: a backup that was whole and on its way is brought to its end, everything else goes. Returns sentences about
   * it. @throws DevError BACKUP_PLACE
   */
  recover(signal: AbortSignal): Promise<readonly string[]>;
}

/** The files of a backup that are no parts. */
export const manifestFile = "manifest.json";
export const verifiedFile = "verified.json";

/** Whether a name is one of a backup: what `backupId` makes. */
export const isBackupId = (name: string): boolean => /^\d{8}T\d{6}Z-[\w.-]+$/.test(name);

/** The name of a backup that begins now; another one where that is taken. */
export function backupId(at: number, project: string, taken: readonly string[]): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  const name = `${time}Z-${project.replaceAll(/[^\w.-]+/g, "-")}`;
  if (!taken.includes(name)) return name;
  return backupId(at + 1_000, project, taken);
}
