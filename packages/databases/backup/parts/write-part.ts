import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { BackupPart } from "../manifest.ts";
import type { Crypt } from "./encryption.ts";

/** How a part is stored. */
export interface PartForm {
  readonly isCompressed: boolean;
  /** Undefined: as it is. */
  readonly encrypt: Crypt | undefined;
}

/**
 * Writes a part into a folder: compressed, then encrypted, and hashed as it is written. It is on disk when this resolves. Its name gets `.age` where it is
 * encrypted. @throws what the content throws, the file system's error
 */
export async function writePart(
  folder: string,
  name: string,
  content: AsyncIterable<Uint8Array>,
  { isCompressed, encrypt }: PartForm,
  signal: AbortSignal,
): Promise<BackupPart> {
  const stored = encrypt ? `${name}.age` : name;
  const path = join(folder, stored);
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const plain = Readable.from(content, { objectMode: false });
  const packed = isCompressed ? plain.compose(createGzip({ level: 6 })) : plain;
  const sealed = encrypt ? await encrypt(asReadable(packed)) : packed;
  await pipeline(sealed, measure, createWriteStream(path, { flush: true }), { signal });
  return { name: stored, bytes, sha256: hash.digest("hex") };
}

/** Composed streams are duplex: what comes out of them is read. */
function asReadable(stream: NodeJS.ReadableStream): Readable {
  return stream instanceof Readable ? stream : Readable.from(stream);
}
