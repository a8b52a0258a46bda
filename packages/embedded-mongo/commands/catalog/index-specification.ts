import { parseCollation } from "../../collation/collation.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { int32 } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { checkPartialFilter } from "./check-partial-filter.ts";
import { completeSpecial } from "./special-specification.ts";

/** Fields of an index's specification (manual, "createIndexes"). */
const known = new Set(
  (
    "v key name unique background sparse hidden partialFilterExpression expireAfterSeconds collation storageEngine dropDups weights " +
    "default_language language_override textIndexVersion 2dsphereIndexVersion bits min max bucketSize wildcardProjection prepareUnique clustered ns"
  ).split(" "),
);

/** Fields that are no part of an index's description. */
const dropped: ReadonlySet<string> = new Set(["background", "dropDups", "ns", "v", "key", "name"]);

/** The specification of an index as listIndexes tells it, with defaults. @throws MongoError as createIndexes does for an invalid one */
export function checkSpecification(specification: Document, collectionCollation: Document | undefined): Document {
  const key = specification.get("key");
  if (key === undefined) {
    throw new MongoError(
      "FailedToParse",
      `Error in specification ${formatValue(specification)} :: caused by :: The 'key' field is a required property of an index specification`,
    );
  }
  if (!(key instanceof Document)) {
    throw new MongoError("TypeMismatch", `The field 'key' must be an object, but got ${typeOf(key).alias}`);
  }
  checkKey(key);
  checkName(specification);
  const isId = key.size === 1 && key.firstName === "_id" && isOne(key.get("_id"));
  for (const name of specification.fields().keys()) if (!known.has(name)) throw unknownField(name, specification);
  if (isId) return idSpecification(specification, key, collectionCollation);
  for (const check of [sparseOrPartial, expiresAlone, uniqueIsPossible]) check(specification, key);
  return described(specification, key, collectionCollation);
}

function described(specification: Document, key: Document, inherited: Document | undefined): Document {
  const fields = new Map<string, Value>([
    ["v", int32(2)],
    ["key", key],
    ["name", specification.get("name") ?? ""],
  ]);
  for (const [name, value] of specification.fields()) {
    if (dropped.has(name) || (name === "collation" && value instanceof Document)) continue;
    if (name === "unique" || name === "sparse" || name === "hidden") {
      if (isTruthy(value)) fields.set(name, true);
    } else fields.set(name, value);
  }
  const partial = specification.get("partialFilterExpression");
  if (partial instanceof Document) checkPartialFilter(partial);
  const collation = collationOf(specification, inherited);
  if (collation) fields.set("collation", collation);
  completeSpecial(fields, key);
  return Document.of(fields);
}

function collationOf(specification: Document, inherited: Document | undefined): Document | undefined {
  const given = specification.get("collation");
  return given instanceof Document ? parseCollation(given)?.specification : inherited;
}

function idSpecification(specification: Document, key: Document, collation: Document | undefined): Document {
  const allowed = new Set(["v", "key", "name", "ns", "collation", "background"]);
  const bad = [...specification.fields().keys()].find((name) => !allowed.has(name));
  if (bad) {
    throw new MongoError(
      "InvalidIndexSpecificationOption",
      `The field '${bad}' is not valid for an _id index specification. Specification: ${formatValue(specification)}`,
    );
  }
  return Document.from([
    ["v", int32(2)],
    ["key", Document.from([["_id", key.get("_id") ?? int32(1)]])],
    ["name", "_id_"],
    ...(collation ? [["collation", collation] as const] : []),
  ]);
}

const unknownField = (name: string, specification: Document): MongoError =>
  new MongoError(
    "InvalidIndexSpecificationOption",
    `Error in specification ${formatValue(specification)} :: caused by :: The field '${name}' is not valid for an index specification. Specification: ${formatValue(specification)}`,
  );

const kinds: ReadonlySet<string> = new Set(["text", "2dsphere", "2d", "hashed"]);

function checkKey(key: Document): void {
  if (key.size === 0) throw cannotCreate("Index keys cannot be an empty object");
  for (const [path, direction] of key.fields()) {
    checkPath(path);
    if (typeof direction === "string") {
      if (!kinds.has(direction)) throw cannotCreate(`Unknown index plugin '${direction}'`);
    } else if (!isNumber(direction)) {
      throw cannotCreate(
        `Values in v:2 index key pattern cannot be of type ${typeOf(direction).alias}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    } else if (toDouble(direction) === 0 || Number.isNaN(toDouble(direction))) {
      throw cannotCreate("Values in the index key pattern cannot be 0.");
    }
  }
  if ([...key.fields().values()].filter((kind) => kind === "hashed").length > 1) {
    throw new MongoError(31303, "A maximum of one index field is allowed to be hashed but found 2");
  }
}

function checkPath(path: string): void {
  if (path === "") throw cannotCreate("Index keys cannot be an empty field.");
  if (path === "$**" || path.endsWith(".$**") || path === "_fts") return;
  for (const part of path.split(".")) {
    if (part === "") throw cannotCreate("Index keys cannot contain an empty field.");
    if (part.startsWith("$") && !["$ref", "$id", "$db"].includes(part)) {
      throw cannotCreate("Index key contains an illegal field name: field name starts with '$'.");
    }
  }
}

function checkName(specification: Document): void {
  const name = specification.get("name");
  if (name === undefined) {
    throw new MongoError(
      "FailedToParse",
      `Error in specification ${formatValue(specification)} :: caused by :: The 'name' field is a required property of an index specification`,
    );
  }
  if (typeof name !== "string") {
    throw new MongoError("TypeMismatch", `The field 'name' must be a string, but got ${typeOf(name).alias}`);
  }
  if (name === "") throw cannotCreate("The index name cannot be empty");
  if (name === "*") throw new MongoError("BadValue", "The index name '*' is not valid.");
}

function sparseOrPartial(specification: Document): void {
  if (isTruthy(specification.get("sparse")) && specification.has("partialFilterExpression")) {
    throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
  }
}

/** TTL (manual, "TTL Indexes", Restrictions). */
function expiresAlone(specification: Document, key: Document): void {
  const seconds = specification.get("expireAfterSeconds");
  if (seconds === undefined) return;
  if (!isNumber(seconds)) {
    throw new MongoError(
      "TypeMismatch",
      `The field 'expireAfterSeconds' must be a number, but got ${typeOf(seconds).alias}`,
    );
  }
  const value = toDouble(seconds);
  if (value < 0 || value > 0x7fff_ffff) {
    throw cannotCreate(
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number. Index spec: ${formatValue(specification)}`,
    );
  }
  if (key.size > 1) {
    throw cannotCreate(
      `TTL indexes are single-field indexes, compound indexes do not support TTL. Index spec: ${formatValue(specification)}`,
    );
  }
}

function uniqueIsPossible(specification: Document, key: Document): void {
  if (!isTruthy(specification.get("unique"))) return;
  if ([...key.fields().values()].includes("hashed")) {
    throw new MongoError(16764, "Currently hashed indexes cannot guarantee uniqueness. Use a regular index.");
  }
  if ([...key.fields().keys()].some((path) => path.endsWith("$**"))) {
    throw cannotCreate(`Index type 'wildcard' does not support the unique option`);
  }
}

const isOne = (value: Value | undefined): boolean => isNumber(value) && toDouble(value) === 1;

const isTruthy = (value: Value | undefined): boolean => value === true || (isNumber(value) && toDouble(value) !== 0);

export const cannotCreate = (message: string): MongoError => new MongoError("CannotCreateIndex", message);
