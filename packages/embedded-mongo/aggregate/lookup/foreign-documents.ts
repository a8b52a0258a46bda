import type { Namespace } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { splitPath, visitPath } from "../../values/path.ts";
import { bsonUndefined, RegexValue } from "../../values/scalars.ts";
import { sizeOf } from "../spill/size-of.ts";
import type { StageContext } from "../stages/stage.ts";
import { valueKey } from "../value-key.ts";

/**
 * The documents of another collection by the values at a path. With an index on the path, those that are wanted are read as they are wanted;
 * without one, the whole collection is read once into a table, as long as it fits in memory.
 */
export class ForeignDocuments {
  readonly #context: StageContext;
  readonly #namespace: Namespace;
  readonly #path: string;
  readonly #stages: readonly Document[];
  #whole: Table | undefined;
  #isTooLarge = false;

  /** `stages` come before the search: a filter that narrows it. */
  constructor(context: StageContext, namespace: Namespace, path: string, stages: readonly Document[] = []) {
    this.#context = context;
    this.#namespace = namespace;
    this.#path = path;
    this.#stages = stages;
  }

  /** A table in which the documents with any of these values are found. */
  async tableFor(values: readonly Value[]): Promise<Table> {
    if (this.#hasIndex() || this.#isTooLarge) return this.#readSome(values);
    this.#whole ??= await this.#readWhole();
    return this.#whole ?? this.#readSome(values);
  }

  #hasIndex(): boolean {
    if (this.#path === "_id") return true;
    const indexes = this.#context.info(this.#namespace)?.indexes ?? [];
    return indexes.some(
      ({ key, isHidden, partialFilter }) => key[0]?.[0] === this.#path && !isHidden && !partialFilter,
    );
  }

  async #readSome(values: readonly Value[]): Promise<Table> {
    const table = new Table(this.#path, this.#context);
    if (values.length === 0) return table;
    const stages = [...this.#stages, matchAny(this.#path, values)];
    for await (const batch of this.#context.read(this.#namespace, stages)) for (const each of batch) table.add(each);
    return table;
  }

  async #readWhole(): Promise<Table | undefined> {
    const table = new Table(this.#path, this.#context);
    for await (const batch of this.#context.read(this.#namespace, this.#stages)) {
      for (const document of batch) table.add(document);
      if (table.bytes <= (this.#context.memoryLimitBytes ?? 104_857_600)) continue;
      this.#isTooLarge = true;
      return undefined;
    }
    return table;
  }
}

/** `{ $match: ... }` for documents that have any of the values at a path, compared as values also when they are patterns. */
export function matchAny(path: string, values: readonly Value[]): Document {
  const wanted = values.map((value) => (value === bsonUndefined ? null : value));
  const filter = wanted.some((value) => value instanceof RegexValue)
    ? Document.from([["$or", wanted.map((value) => Document.from([[path, Document.from([["$eq", value]])]]))]])
    : Document.from([[path, Document.from([["$in", wanted]])]]);
  return Document.from([["$match", filter]]);
}

interface Row {
  readonly place: number;
  readonly document: Document;
}

/** Documents by the values that a query would find them by. */
export class Table {
  readonly #path: readonly string[];
  readonly #context: StageContext;
  readonly #rows = new Map<string, Row[]>();
  #count = 0;
  bytes = 0;

  constructor(path: string, context: StageContext) {
    this.#path = splitPath(path);
    this.#context = context;
  }

  add(document: Document): void {
    const row = { place: this.#count++, document };
    this.bytes += sizeOf(document);
    const seen = new Set<string>();
    visitPath(document, this.#path, "elements", (value) => {
      const key = this.#keyOf(value ?? null);
      if (!seen.has(key)) {
        seen.add(key);
        const rows = this.#rows.get(key);
        if (rows) rows.push(row);
        else this.#rows.set(key, [row]);
      }
      return false;
    });
  }

  /** The documents with any of these values, each once, in their natural order. */
  find(values: readonly Value[]): readonly Document[] {
    if (values.length === 1) return (this.#rows.get(this.#keyOf(values[0] ?? null)) ?? []).map((row) => row.document);
    const found = new Map<number, Document>();
    for (const value of values) {
      for (const { place, document } of this.#rows.get(this.#keyOf(value)) ?? []) found.set(place, document);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, document]) => document);
  }

  #keyOf(value: Value): string {
    return valueKey(value === bsonUndefined ? null : value, this.#context.collation);
  }
}
