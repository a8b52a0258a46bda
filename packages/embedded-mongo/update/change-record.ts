import { Document, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";

/** Collects what an update changes, for `updateDescription` of a change event (manual, "update Event"). */
export class ChangeRecord {
  readonly #updated = new Map<string, Value>();
  readonly #removed: string[] = [];
  readonly #truncated: Document[] = [];

  updated(path: string, value: Value): void {
    this.#updated.set(path, value);
  }

  removed(path: string): void {
    this.#removed.push(path);
  }

  truncated(path: string, size: number): void {
    this.#truncated.push(
      Document.from([
        ["field", path],
        ["newSize", int32(size)],
      ]),
    );
  }

  describe(): Document {
    return Document.from([
      ["updatedFields", Document.of(this.#updated)],
      ["removedFields", this.#removed],
      ["truncatedArrays", this.#truncated],
    ]);
  }
}
