import { MongoError } from "../errors/mongo-error.ts";
import { equalValues } from "../values/compare.ts";
import { Document, type Value } from "../values/document.ts";
import { formatField } from "../values/format-value.ts";
import { identicalValues } from "../values/identical.ts";
import { typeOf } from "../values/types.ts";

/** An update by operators keeps `_id`. @throws MongoError ImmutableField */
export function refuseNewId(before: Document, after: Document): void {
  const id = before.get("_id");
  if (id === undefined || identicalValues(id, after.get("_id"))) return;
  throw new MongoError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/** A whole new document keeps the `_id`, whether it repeats it or not. @throws MongoError ImmutableField */
export function withIdOf(before: Document, after: Document): Document {
  const id = before.get("_id");
  const given = after.get("_id");
  if (id === undefined) return after;
  if (given !== undefined && !equalValues(id, given)) {
    throw new MongoError(
      "ImmutableField",
      `After applying the update, the (immutable) field '_id' was found to have been altered to ${formatField("_id", given)}`,
    );
  }
  return withId(after, id);
}

/** The document with `_id` as its first field. */
export function withId(document: Document, id: Value): Document {
  if (document.firstName === "_id" && document.get("_id") === id) return document;
  const fields = new Map<string, Value>([["_id", id]]);
  for (const [name, value] of document.fields()) if (name !== "_id") fields.set(name, value);
  return Document.of(fields);
}

/** The document with its `_id` first, a new one when it has none. @throws MongoError InvalidIdField */
export function withNewId(document: Document, newId: () => Value): Document {
  const given = document.get("_id");
  // null is a value like any other.
  const id = given === undefined ? newId() : given;
  checkId(id);
  return withId(document, id);
}

/** Not every type can be an `_id` (manual, "Documents", The _id Field). */
function checkId(id: Value): void {
  const { alias } = typeOf(id);
  if (alias !== "array" && alias !== "regex" && alias !== "undefined") return;
  throw new MongoError("InvalidIdField", `The '_id' value cannot be of type ${alias}`);
}
