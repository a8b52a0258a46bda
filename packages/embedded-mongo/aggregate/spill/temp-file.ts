import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";

const bufferBytes = 1_048_576;

/**
 * Documents on disk: written once, then read once or more from the start. The file has no name from the moment it is open where the platform allows
 * that, so that nothing is left of it however the process ends.
 */
export class TempFile {
  readonly #path: string;
  readonly #file: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;
  #isNamed = true;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#path = join(directory, `spill-${randomUUID()}`);
    this.#file = openSync(this.#path, "wx+", 0o600);
    this.#forget();
  }

  /** Windows keeps a name as long as the file is open. */
  #forget(): void {
    try {
      rmSync(this.#path);
      this.#isNamed = false;
    } catch {
      this.#isNamed = true;
    }
  }

  write(document: Document): void {
    const bytes = encodeDocument(document);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= bufferBytes) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#written + at);
    this.#written += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** What was written, in that order; lazy. */
  *read(chunkBytes = bufferBytes / 4): Generator<Document> {
    this.#flush();
    let rest = Buffer.alloc(0);
    for (let at = 0; at < this.#written; ) {
      const needed = rest.length >= 4 ? rest.readInt32LE(0) : 0;
      const chunk = Buffer.allocUnsafe(Math.min(this.#written - at, Math.max(chunkBytes, needed)));
      const count = readSync(this.#file, chunk, 0, chunk.length, at);
      at += count;
      rest = Buffer.concat([rest, chunk.subarray(0, count)]);
      let start = 0;
      while (rest.length - start >= 4 && rest.length - start >= rest.readInt32LE(start)) {
        const document = Document.read(rest, start);
        start += rest.readInt32LE(start);
        yield document;
      }
      rest = rest.subarray(start);
    }
  }

  close(): void {
    closeSync(this.#file);
    if (this.#isNamed) rmSync(this.#path, { force: true });
  }
}
