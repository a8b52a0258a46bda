import { Document, emptyDocument, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { disambiguatedPaths } from "./disambiguated-paths.ts";

// A component that is a number; names with dots are told of by whoever meets them.
const hasNumber = /(?:^|\.)[0-9]+(?:\.|$)/;

/** Collects what an update changes, for `updateDescription` of a change event (manual, "update Event"). */
export class ChangeRecord {
  readonly #updated = new Map<string, Value>();
  readonly #removed: string[] = [];
  readonly #truncated: Document[] = [];
  readonly #cut: string[] = [];
  /** Whether a path may have to be told by its components. */
  #isUnclear = false;

  updated(path: string, value: Value): void {
    this.#updated.set(path, value);
    this.#look(path);
  }

  removed(path: string): void {
    this.#removed.push(path);
    this.#look(path);
  }

  truncated(path: string, size: number): void {
    this.#truncated.push(
      Document.from([
        ["field", path],
        ["newSize", int32(size)],
      ]),
    );
    this.#cut.push(path);
    this.#look(path);
  }

  /** A field on a path has a dot in its name. */
  metDot(): void {
    this.#isUnclear = true;
  }

  /** The description of a change from one document to the other. */
  describe(before: Document, after: Document): Document {
    const disambiguated = this.#isUnclear ? this.#disambiguated(before, after) : emptyDocument;
    return Document.from([
      ["updatedFields", Document.of(this.#updated)],
      ["removedFields", this.#removed],
      ["truncatedArrays", this.#truncated],
      ...(disambiguated.size > 0 ? [["disambiguatedPaths", disambiguated] as const] : []),
    ]);
  }

  #disambiguated(before: Document, after: Document): Document {
    return Document.from([
      ...disambiguatedPaths([...this.#updated.keys(), ...this.#cut], after),
      ...disambiguatedPaths(this.#removed, before),
    ]);
  }

  #look(path: string): void {
    this.#isUnclear ||= hasNumber.test(path);
  }
}
