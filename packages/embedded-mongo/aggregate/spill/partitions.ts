import { createHash } from "node:crypto";
import type { Document } from "../../values/document.ts";
import { TempFile } from "./temp-file.ts";

const partCount = 16;

/** Documents in files by their keys: all of one key are in the same file, in the order they came. `close` removes the files. */
export class Partitions {
  readonly #files: TempFile[];
  readonly #salt: string;

  /** `depth` makes a part's own parts differ from its siblings'. */
  constructor(directory: string, depth: number) {
    this.#files = Array.from({ length: partCount }, () => new TempFile(directory));
    this.#salt = String(depth);
  }

  add(key: string, document: Document): void {
    const digest = createHash("md5").update(this.#salt).update(key).digest();
    this.#files[(digest[0] ?? 0) % partCount]?.write(document);
  }

  *parts(): Generator<Iterable<Document>> {
    for (const file of this.#files) yield file.read();
  }

  close(): void {
    for (const file of this.#files) file.close();
  }
}
