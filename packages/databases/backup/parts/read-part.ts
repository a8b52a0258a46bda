import { createHash } from "node:crypto";
import { type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { DevError } from "@drydock/core";
import { backupDamaged, needsKey, wrongKey } from "../errors.ts";
import type { BackupManifest, BackupPart } from "../manifest.ts";
import type { DumpFile } from "../mongo/read-dump.ts";
import type { Crypt } from "./encryption.ts";

/** Where the parts of a backup are read from, and with which key. */
export interface PartSource {
  readonly manifest: BackupManifest;
  /** Opens a part as it is stored. */
  open(part: string): Promise<Readable>;
  readonly decrypt: Crypt | undefined;
  /** The files of a dump that is no backup of ours, instead of parts. */
  readonly files?: readonly DumpFile[];
}

/**
 * The content of a part, decrypted and decompressed. What is read counts only when the end is reached without an error: then the stored bytes were those of
 * the manifest. @throws DevError BACKUP_DAMAGED naming the part, BACKUP_KEY
 */
export async function* readPart(source: PartSource, part: BackupPart): AsyncGenerator<Buffer> {
  const { id, encryption } = source.manifest;
  if (encryption && !source.decrypt) throw needsKey(id, encryption.recipients);
  let raw: Readable | undefined;
  try {
    raw = await source.open(part.name);
    const check = checking(part);
    const stored = raw.on("error", (error) => check.destroy(error)).pipe(check);
    const isSealed = part.name.endsWith(".age");
    const opened = source.decrypt && isSealed ? await decrypt(source, source.decrypt, part, stored) : stored;
    const isCompressed = part.name.replace(/\.age$/, "").endsWith(".gz");
    if (isCompressed) {
      const gunzip = createGunzip();
      opened.on("error", (error) => gunzip.destroy(error));
      for await (const chunk of opened.pipe(gunzip)) yield chunk;
    } else for await (const chunk of opened) yield Buffer.from(chunk);
  } catch (error) {
    if (error instanceof DevError) throw error;
    throw backupDamaged(id, part.name, wordsOf(error), error);
  } finally {
    raw?.destroy();
  }
}

async function decrypt(source: PartSource, crypt: Crypt, part: BackupPart, stored: Readable): Promise<Readable> {
  const { id, encryption } = source.manifest;
  try {
    return await crypt(stored);
  } catch (error) {
    // age-encryption's words for a header that no identity opens.
    if (error instanceof Error && /no identity matched/i.test(error.message))
      throw wrongKey(id, part.name, encryption?.recipients ?? []);
    throw error;
  }
}

/** Lets bytes through, and fails at the end where they were not those of the manifest. */
function checking({ bytes, sha256 }: BackupPart): Transform {
  const hash = createHash("sha256");
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      seen += chunk.length;
      done(seen > bytes ? new Error(`it is longer than ${bytes} bytes`) : null, chunk);
    },
    flush(done) {
      if (seen < bytes) return done(new Error(`it has ${seen} bytes instead of ${bytes}`));
      done(hash.digest("hex") === sha256 ? null : new Error("its SHA-256 is another"));
    },
  });
}

const plainWords: Readonly<Record<string, string>> = {
  ENOENT: "it is missing",
  NoSuchKey: "it is missing",
  Z_DATA_ERROR: "it cannot be decompressed",
  Z_BUF_ERROR: "it ends too early",
};

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : error.name;
  return plainWords[code] ?? error.message;
}
