import { MongoError } from "../errors/mongo-error.ts";
import { indexRows } from "../storage/index-rows.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** The values at paths that lead through documents alone; undefined as soon as one meets an array. */
export function scalarKey(document: Document, paths: readonly (readonly string[])[]): readonly Value[] | undefined {
  const key: Value[] = [];
  for (const path of paths) {
    let value: Value | undefined = document;
    for (const name of path) value = value instanceof Document ? value.get(name) : isArray(value) ? value : undefined;
    if (isArray(value)) return undefined;
    key.push(value ?? null);
  }
  return key;
}

/**
 * The keys of a document with arrays on its paths, as an index on all of them has them: values of one key come from the same element.
 * @throws MongoError BadValue when two paths lead through different arrays
 */
export function jointKeys(document: Document, paths: readonly (readonly string[])[]): readonly (readonly Value[])[] {
  try {
    return indexRows(document, paths).rows.map((row) => row.map((value) => value ?? null));
  } catch (error) {
    if (error instanceof MongoError && error.codeName === "CannotIndexParallelArrays") {
      throw new MongoError("BadValue", "cannot sort with keys that are parallel arrays");
    }
    throw error;
  }
}
