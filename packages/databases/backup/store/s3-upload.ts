import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BackupPart, readManifest } from "../manifest.ts";
import { manifestFile } from "./backup-store.ts";
import type { Bucket } from "./s3-bucket.ts";

// The least that a store takes as a piece is 5 MiB, and the most pieces are 10,000 (Amazon S3 user guide, multipart upload limits).
const pieceBytes = 8 * 1024 * 1024;
const mostPieces = 10_000;
const journalFile = ".upload.json";

/** How far large parts have come, by their name: written after each piece, so that whoever comes after a crash goes on there. */
type Journal = Readonly<Record<string, { readonly upload: string; readonly tags: readonly string[] }>>;

/**
 * Uploads a backup that is whole in a folder: each part that the store does not have yet, large ones piece by piece, and the manifest last. May be called
 * again and again. `progress` is told of all bytes that are there. @throws the store's error
 */
export async function uploadBackup(
  bucket: Bucket,
  folder: string,
  keyOf: (file: string) => string,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const text = await readFile(join(folder, manifestFile), "utf8");
  const { manifest } = readManifest(JSON.parse(text).id, text);
  if (!manifest) throw new Error(`${folder} has no manifest`);
  let done = 0;
  for (const part of manifest.parts) {
    signal.throwIfAborted();
    const key = keyOf(part.name);
    if ((await bucket.sha256(key, part.bytes)) !== part.sha256)
      await (part.bytes <= pieceBytes
        ? bucket.put(key, await readFile(join(folder, part.name)), part.sha256)
        : uploadPieces(bucket, folder, part, key, (bytes) => progress(done + bytes), signal));
    done += part.bytes;
    progress(done);
  }
  await bucket.put(keyOf(manifestFile), text);
}

async function uploadPieces(
  bucket: Bucket,
  folder: string,
  part: BackupPart,
  key: string,
  progress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const size = Math.max(pieceBytes, Math.ceil(part.bytes / mostPieces));
  const known = (await readJournal(folder))[part.name];
  const upload = known?.upload ?? (await bucket.beginPieces(key, part.sha256));
  const tags = [...(known?.tags ?? [])];
  const file = await open(join(folder, part.name));
  try {
    for (let from = tags.length * size; from < part.bytes; from += size) {
      signal.throwIfAborted();
      const piece = Buffer.alloc(Math.min(size, part.bytes - from));
      await file.read(piece, 0, piece.length, from);
      tags.push(await bucket.putPiece(key, upload, tags.length + 1, piece));
      await note(folder, part.name, { upload, tags });
      progress(from + piece.length);
    }
    await bucket.endPieces(key, upload, tags);
  } catch (error) {
    // The store has forgotten the upload: the next time it begins anew.
    if (error instanceof Error && error.name === "NoSuchUpload") await note(folder, part.name, undefined);
    throw error;
  } finally {
    await file.close();
  }
}

async function readJournal(folder: string): Promise<Journal> {
  try {
    return JSON.parse(await readFile(join(folder, journalFile), "utf8")) as Journal;
  } catch {
    return {};
  }
}

async function note(folder: string, name: string, entry: Journal[string] | undefined): Promise<void> {
  const { [name]: _, ...others } = await readJournal(folder);
  await writeFile(join(folder, journalFile), JSON.stringify(entry ? { ...others, [name]: entry } : others));
}
