import { createReadStream } from "node:fs";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { placeFailed } from "../errors.ts";
import { type ListedBackup, readManifest, type VerifyRecord } from "../manifest.ts";
import { type BackupStore, isBackupId, manifestFile, verifiedFile } from "./backup-store.ts";
import { draftPath, makeDraft, namesIn, releaseDraft, removeAbandoned, removeDraft } from "./local-drafts.ts";

/** Backups in a folder of this machine, or of one that is mounted. It is made when it is needed. */
export function folderStore(folder: string): BackupStore {
  const failed =
    (what: string) =>
    (error: unknown): never => {
      throw placeFailed(folder, what, error);
    };
  return {
    title: folder,
    async list() {
      const names = await namesIn(folder).catch(failed("it cannot be read"));
      return Promise.all(
        names
          .filter(isBackupId)
          .toSorted()
          .map((id) => readBackup(folder, id)),
      );
    },
    draft: (id) => makeDraft(folder, id).catch(failed("it cannot be written to")),
    async publish(id) {
      await releaseDraft(folder, id);
      await rename(draftPath(folder, id), join(folder, id)).catch(failed("the backup cannot be given its name"));
      await syncFolder(folder);
    },
    discard: (id) => removeDraft(folder, id),
    open: async (id, part) => createReadStream(join(folder, id, part)),
    async note(id, record) {
      const path = join(folder, id, verifiedFile);
      await writeFile(`${path}.draft`, `${JSON.stringify(record)}\n`).catch(failed("the verification cannot be noted"));
      await rename(`${path}.draft`, path);
    },
    async remove(id) {
      // By the rename it is gone, whatever happens to the removal.
      await rename(join(folder, id), draftPath(folder, id)).catch(failed(`${id} cannot be removed`));
      await removeDraft(folder, id);
    },
    async recover() {
      const removed = await removeAbandoned(folder).catch(failed("it cannot be read"));
      return removed.map((id) => `${id} was cut short: what it had written is removed.`);
    },
  };
}

async function readBackup(folder: string, id: string): Promise<ListedBackup> {
  const text = await readFile(join(folder, id, manifestFile), "utf8").catch(() => undefined);
  if (text === undefined) return { id, manifest: undefined, problem: "its manifest.json is missing" };
  const verified = await readFile(join(folder, id, verifiedFile), "utf8").catch(() => undefined);
  return withRecord(readManifest(id, text), verified);
}

/** Adds what `verified.json` says; what cannot be read says nothing. */
export function withRecord(listed: ListedBackup, text: string | undefined): ListedBackup {
  if (text === undefined) return listed;
  try {
    const read: unknown = JSON.parse(text);
    return isRecord(read) ? { ...listed, verified: read } : listed;
  } catch {
    return listed;
  }
}

function isRecord(read: unknown): read is VerifyRecord {
  return typeof read === "object" && read !== null && "at" in read && "ok" in read && "detail" in read;
}

/** A rename outlives a loss of power when its folder is on disk, too. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
