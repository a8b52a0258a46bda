import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Result } from "./expression.ts";

/**
 * Splits a dotted path and checks its names.
 * @throws MongoError 15998, 16410, 16411, 40352, 40353 as MongoDB does
 */
export function parsePath(path: string): readonly string[] {
  if (path === "") throw new MongoError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  const names = path.split(".");
  for (const name of names) {
    if (name === "") throw new MongoError(15998, "FieldPath field names may not be empty strings.");
    if (name.startsWith("$")) {
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    if (name.includes("\0")) throw new MongoError(16411, "FieldPath field names may not contain '\\0'.");
  }
  return names;
}

/**
 * Reads a path as expressions do: through documents by name, and through an array into each of its documents, whose values come back
 * as an array. A number in a path is a name, never an index.
 */
export function readPath(value: Result, names: readonly string[], from = 0): Result {
  let current = value;
  for (let at = from; at < names.length; at++) {
    if (current instanceof Document) {
      current = current.get(names[at] ?? "");
      continue;
    }
    return isArray(current) ? readEach(current, names, at) : undefined;
  }
  return current;
}

function readEach(items: readonly Value[], names: readonly string[], from: number): Value {
  const found: Value[] = [];
  for (const item of items) {
    if (!(item instanceof Document)) continue;
    const value = readPath(item, names, from);
    if (value !== undefined) found.push(value);
  }
  return found;
}
