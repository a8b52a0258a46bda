import type { Database, RootDatabase } from "lmdb";

const markKey = Buffer.from("last");

/**
 * A number that rises with each LMDB commit and is written in it: whoever reads it knows whether a commit is visible, which LMDB's own numbers of
 * transactions do not tell a reader.
 */
export class CommitMarks {
  readonly #table: Database<Buffer, Buffer>;
  #last: number;

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#table = root.openDB<Buffer, Buffer>("commits", { encoding: "binary", keyEncoding: "binary" });
    this.#last = this.#visible();
  }

  /** Inside of a transaction only. Returns what `isVisible` asks for. @throws what LMDB says */
  put(): number {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeDoubleLE(++this.#last);
    this.#table.putSync(markKey, bytes);
    return this.#last;
  }

  /** To a read that begins now. */
  isVisible(mark: number): boolean {
    return this.#visible() >= mark;
  }

  #visible(): number {
    return this.#table.get(markKey)?.readDoubleLE(0) ?? 0;
  }
}
