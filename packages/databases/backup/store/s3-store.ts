import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { badPlace, placeFailed } from "../errors.ts";
import type { ListedBackup } from "../manifest.ts";
import { readManifest } from "../manifest.ts";
import { type BackupStore, isBackupId, manifestFile, verifiedFile } from "./backup-store.ts";
import { withRecord } from "./folder-store.ts";
import { draftPath, makeDraft, namesIn, releaseDraft, removeAbandoned, removeDraft } from "./local-drafts.ts";
import { openBucket } from "./s3-bucket.ts";
import { uploadBackup } from "./s3-upload.ts";

// Backups whose manifests are read at the same time.
const readAtOnce = 8;
// Parts without a manifest that are older than this are of an upload that nobody goes on with.
const abandonedAfterMs = 24 * 3_600_000;

/**
 * Backups in an S3-compatible store: `s3://bucket/prefix`. A backup is written whole on this machine first (in `outgoing`), so that the databases are read
 * quickly and an upload that was cut short goes on where it was; its manifest goes last. Credentials come from where AWS's tools have them, and go nowhere.
 * @throws DevError BAD_PLACE
 */
export async function s3Store(
  to: string,
  outgoing: string,
  variables: Readonly<Record<string, string>>,
): Promise<BackupStore> {
  const [, name = "", path = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(to) ?? [];
  if (name === "") throw badPlace(to);
  const prefix = path === "" || path.endsWith("/") ? path : `${path}/`;
  const folder = join(outgoing, encodeURIComponent(`${name}/${prefix}`));
  const bucket = await openBucket(name, variables);
  const failed =
    (what: string) =>
    (error: unknown): never => {
      throw placeFailed(to, what, error);
    };
  const keyOf = (id: string, file: string) => `${prefix}${id}/${file}`;
  const send = (id: string, progress: (done: number) => void, signal: AbortSignal) =>
    uploadBackup(bucket, join(folder, id), (file) => keyOf(id, file), progress, signal)
      .then(() => rm(join(folder, id), { recursive: true, force: true }))
      .catch(failed(`${id} could not be uploaded; it waits in ${join(folder, id)}, and the next backup uploads it`));
  const read = async (id: string): Promise<ListedBackup | undefined> => {
    const text = await bucket.text(keyOf(id, manifestFile));
    if (text === undefined) return undefined;
    return withRecord(readManifest(id, text), await bucket.text(keyOf(id, verifiedFile)));
  };
  const idsIn = async (): Promise<readonly string[]> => (await bucket.folders(prefix)).filter(isBackupId).toSorted();

  return {
    title: to,
    async list(signal) {
      const ids = await idsIn().catch(failed("it cannot be listed"));
      const found: ListedBackup[] = [];
      for (let from = 0; from < ids.length; from += readAtOnce) {
        signal.throwIfAborted();
        const some = await Promise.all(ids.slice(from, from + readAtOnce).map(read)).catch(failed("it cannot be read"));
        found.push(...some.flatMap((each) => (each ? [each] : [])));
      }
      return found;
    },
    draft: (id) => makeDraft(folder, id),
    async publish(id, progress, signal) {
      await releaseDraft(folder, id);
      await rename(draftPath(folder, id), join(folder, id));
      await send(id, (done) => progress(done, 0), signal);
    },
    discard: (id) => removeDraft(folder, id),
    open: (id, part) => bucket.open(keyOf(id, part)),
    note: (id, record) =>
      bucket
        .put(keyOf(id, verifiedFile), `${JSON.stringify(record)}\n`)
        .catch(failed("the verification cannot be noted")),
    async remove(id) {
      const why = failed(`${id} cannot be removed`);
      await bucket.remove(keyOf(id, manifestFile)).catch(why);
      for (const key of await bucket.keys(`${prefix}${id}/`).catch(why)) await bucket.remove(key).catch(why);
    },
    async recover(signal) {
      const said = (await removeAbandoned(folder)).map((id) => `${id} was cut short: what it had written is removed.`);
      for (const id of (await namesIn(folder)).filter(isBackupId)) {
        await send(id, () => undefined, signal);
        said.push(`${id} was whole, and is uploaded now.`);
      }
      for (const id of await idsIn().catch(failed("it cannot be listed"))) {
        if (Date.now() - timeOf(id) < abandonedAfterMs) continue;
        if ((await bucket.text(keyOf(id, manifestFile)).catch(failed("it cannot be read"))) !== undefined) continue;
        for (const key of await bucket.keys(`${prefix}${id}/`)) await bucket.remove(key);
        said.push(`${id} was never uploaded whole: what there was of it is removed.`);
      }
      return said;
    },
  };
}

/** Milliseconds since the epoch, from a backup's name. */
function timeOf(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
