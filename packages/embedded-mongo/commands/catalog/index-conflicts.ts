import { MongoError } from "../../errors/mongo-error.ts";
import { equalValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { int32 } from "../../values/scalars.ts";
import { cannotCreate } from "./index-specification.ts";

/** Indexes of one collection (manual, "MongoDB Limits and Thresholds", Number of Indexes per Collection). */
const maxIndexes = 64;

/**
 * Compares a checked specification with the indexes that are there. True when the same one is among them.
 * @throws MongoError IndexKeySpecsConflict, IndexOptionsConflict, CannotCreateIndex
 */
export function isAlreadyThere(wanted: Document, existing: readonly Document[]): boolean {
  const sameName = existing.find((each) => equalOrMissing(each.get("name"), wanted.get("name")));
  if (sameName) {
    if (!isSameSignature(sameName, wanted)) throw nameConflict(wanted, sameName);
    if (!hasSameOptions(sameName, wanted)) {
      throw optionsConflict(
        "An equivalent index already exists with the same name but different options.",
        wanted,
        sameName,
      );
    }
    return true;
  }
  const alike = existing.find((each) => isSameSignature(each, wanted));
  if (alike) {
    // The index of _id has one name whatever is asked for.
    if (isIdKey(wanted)) return true;
    if (hasSameOptions(alike, wanted)) {
      throw new MongoError(
        "IndexOptionsConflict",
        `Index already exists with a different name: ${String(alike.get("name"))}`,
      );
    }
    throw optionsConflict("An equivalent index already exists with a different name and options.", wanted, alike);
  }
  refuseSecondText(wanted, existing);
  if (existing.length >= maxIndexes) {
    throw cannotCreate(
      `add index fails, too many indexes for collection, key:${formatValue(wanted.get("key") ?? null)}`,
    );
  }
  return false;
}

/** Two indexes may share a key when they differ in one of these. */
const signature = ["collation", "partialFilterExpression", "unique", "sparse", "wildcardProjection", "weights"];

const isSameSignature = (left: Document, right: Document): boolean =>
  equalKeys(left.get("key"), right.get("key")) &&
  signature.every((name) => equalOrMissing(comparable(left, name), comparable(right, name)));

/** The index of `_id` is unique without saying so. */
const comparable = (specification: Document, name: string): Value | undefined =>
  name === "unique" && isIdKey(specification) ? undefined : specification.get(name);

const isIdKey = (specification: Document): boolean =>
  equalKeys(specification.get("key"), Document.from([["_id", int32(1)]]));

function equalKeys(left: Value | undefined, right: Value | undefined): boolean {
  if (!(left instanceof Document) || !(right instanceof Document)) return false;
  return equalValues(left, right) && [...left.fields().keys()].join() === [...right.fields().keys()].join();
}

const indifferent: ReadonlySet<string> = new Set(["v", "key", "name", "hidden", ...signature]);

function hasSameOptions(left: Document, right: Document): boolean {
  const names = new Set([...left.fields().keys(), ...right.fields().keys()]);
  return [...names].every((name) => indifferent.has(name) || equalOrMissing(left.get(name), right.get(name)));
}

const equalOrMissing = (left: Value | undefined, right: Value | undefined): boolean =>
  left === undefined || right === undefined ? left === right : equalValues(left, right);

function refuseSecondText(wanted: Document, existing: readonly Document[]): void {
  if (!isText(wanted)) return;
  const other = existing.find(isText);
  if (other) {
    throw cannotCreate(
      `only one text index per collection allowed, found existing text index "${String(other.get("name"))}"`,
    );
  }
}

function isText(specification: Document): boolean {
  const key = specification.get("key");
  return key instanceof Document && [...key.fields().values()].includes("text");
}

const nameConflict = (wanted: Document, existing: Document): MongoError =>
  new MongoError(
    "IndexKeySpecsConflict",
    `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${both(wanted, existing)}`,
  );

const optionsConflict = (message: string, wanted: Document, existing: Document): MongoError =>
  new MongoError("IndexOptionsConflict", `${message} ${both(wanted, existing)}`);

const both = (wanted: Document, existing: Document): string =>
  `Requested index: ${formatValue(wanted)}, existing index: ${formatValue(existing)}`;
