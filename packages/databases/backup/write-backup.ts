import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DevError } from "@drydock/core";
import { backupFailed, nothingToBackUp } from "./errors.ts";
import { type BackedUpDatabase, type BackupManifest, type BackupPart, backupFormat, countOf } from "./manifest.ts";
import { writeMongo } from "./mongo/write-mongo.ts";
import type { BackupProgress, BackupSource, PartWriter } from "./part-writer.ts";
import { encryptFor } from "./parts/encryption.ts";
import { writePart } from "./parts/write-part.ts";
import { openRedisDump } from "./redis/open-dump.ts";
import { type RdbEntry, RdbReader } from "./redis/read-rdb.ts";
import { KeyspaceCount } from "./redis/redis-facts.ts";
import { type BackupStore, manifestFile } from "./store/backup-store.ts";

/** A backup that is to be made. */
export interface BackupOrder
  extends Pick<BackupManifest, "id" | "project" | "dataBranch" | "gitBranch" | "gitCommit" | "layout"> {
  readonly sources: readonly BackupSource[];
  /** Of age; empty: everybody can read it. */
  readonly recipients: readonly string[];
  /** Milliseconds since the epoch. */
  now(): number;
  report(progress: BackupProgress): void;
  /** The moments at which a crash leaves something: `begun`, `part mongo/...`, `described`, `published`. */
  at(step: string): void;
}

/**
 * Makes a backup: written under another name, described last, then listed. Memory is bounded whatever the data.
 * @throws DevError NOTHING_TO_BACK_UP, BACKUP_FAILED, BACKUP_PLACE, BAD_RECIPIENT; nothing of it is listed then
 */
export async function writeBackup(
  store: BackupStore,
  order: BackupOrder,
  signal: AbortSignal,
): Promise<BackupManifest> {
  const { id, project, dataBranch, gitBranch, gitCommit, layout, recipients, sources, at } = order;
  const startedAt = order.now();
  const encrypt = recipients.length > 0 ? await encryptFor(recipients) : undefined;
  const folder = await store.draft(id);
  try {
    at("begun");
    const parts: BackupPart[] = [];
    const writer: PartWriter = {
      layout,
      parts,
      async write(name, content, isCompressed) {
        parts.push(await writePart(folder, name, content, { isCompressed, encrypt }, signal));
        at(`part ${name}`);
      },
      report: order.report,
      signal,
    };
    const databases: BackedUpDatabase[] = [];
    for (const source of sources)
      databases.push(await (source.kind === "mongo" ? writeMongo(source, writer) : writeRedis(source, writer)));
    const manifest: BackupManifest = {
      format: backupFormat,
      id,
      project,
      createdAt: new Date(startedAt).toISOString(),
      tookMs: order.now() - startedAt,
      layout,
      ...(recipients.length > 0 ? { encryption: { method: "age", recipients } } : {}),
      ...(dataBranch === undefined ? {} : { dataBranch }),
      ...(gitBranch === undefined ? {} : { gitBranch }),
      ...(gitCommit === undefined ? {} : { gitCommit }),
      databases,
      parts,
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    const { documents, keys } = countOf(manifest);
    if (documents + keys === 0) throw nothingToBackUp(sources.map(({ service }) => service));
    await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    at("described");
    const total = manifest.bytes;
    await store.publish(id, (done) => order.report({ task: "upload", message: store.title, done, total }), signal);
    at("published");
    return manifest;
  } catch (error) {
    await store.discard(id).catch(() => undefined); // the next backup removes it
    throw signal.aborted ? signal.reason : error instanceof DevError ? error : backupFailed(error);
  }
}

async function writeRedis(source: BackupSource, writer: PartWriter): Promise<BackedUpDatabase> {
  const { service, provider, uri, isEmbedded } = source;
  const { rdb, version, consistency, consistencyDetail } = await openRedisDump(uri, isEmbedded, writer.signal);
  const count = new KeyspaceCount();
  const reader = new RdbReader();
  let keys = 0;
  const take = (entries: readonly RdbEntry[]) => {
    for (const entry of entries) count.add(entry);
    keys += entries.length;
    writer.report({ task: service, message: `${keys.toLocaleString("en")} keys`, done: 0, total: 0 });
  };
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of rdb) {
      take(reader.push(chunk));
      yield chunk;
    }
    take(reader.end());
  }
  // An RDB file is compressed within itself; left as it is, a Redis server starts from it.
  await writer.write(`${service}/dump.rdb`, counted(), false);
  return { service, kind: "redis", provider, version, consistency, consistencyDetail, keyspaces: count.facts };
}
