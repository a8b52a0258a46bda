import { MongoError } from "../../errors/mongo-error.ts";
import type { Document, Value } from "../../values/document.ts";
import type { OperatorTable } from "./expression.ts";
import { typeName } from "./values.ts";

const known = new WeakMap<Document, ReadonlyMap<string, Value>>();
const names: ReadonlySet<string> = new Set([
  "textScore",
  "geoNearDistance",
  "geoNearPoint",
  "indexKey",
  "recordId",
  "randVal",
  "sortKey",
]);

/** What only a text or a geographic query gives. */
const needed: ReadonlySet<string> = new Set(["textScore", "geoNearDistance", "geoNearPoint"]);

/** Says something of a document that is no part of it: its text score, its distance. */
export function setMetadata(document: Document, name: string, value: Value): void {
  known.set(document, new Map([...(known.get(document) ?? []), [name, value]]));
}

/** What was said of a document. */
export const metadataOf = (document: Document, name: string): Value | undefined => known.get(document)?.get(name);

/** A document that was made of another one goes on with what was said of it. Returns the new one. */
export function carryMetadata(from: Document, to: Document): Document {
  const metadata = known.get(from);
  if (metadata && from !== to) known.set(to, metadata);
  return to;
}

/** `$meta` (manual, "$meta"). */
export const metadataOperators: OperatorTable = {
  $meta: (argument) => {
    if (typeof argument !== "string") {
      throw new MongoError(17307, `$meta only supports string arguments, not ${typeName(argument)}`);
    }
    if (!names.has(argument)) throw new MongoError(17308, `Unsupported argument to $meta: ${argument}`);
    return (document) => {
      const value = metadataOf(document, argument);
      if (value === undefined && needed.has(argument)) {
        throw new MongoError(40218, `query requires ${argument} metadata, but it is not available`);
      }
      return value;
    };
  },
};
