import { parseCollation } from "../../collation/collation.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import type { Namespace } from "../../storage/store.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toTruncated } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { operatingAt, queryOptions } from "../crud/operation-options.ts";
import { readClusteredIndex } from "./clustered-index.ts";

/** The options of `create` as the catalog keeps them. @throws MongoError InvalidOptions, TypeMismatch and those of filters and collations */
export function checkCollectionOptions(given: Document, namespace: Namespace, nowMs: number): Document {
  const options = withPlainBooleans(given);
  for (const check of [typesAreRight, cappedHasSize, viewIsAlone, agesByDate, choicesAreKnown]) check(options);
  const validator = options.get("validator");
  if (validator instanceof Document) checkValidator(validator, namespace, nowMs);
  const fields = new Map<string, Value>(options.fields());
  const collation = options.get("collation");
  if (collation instanceof Document) {
    const parsed = parseCollation(collation);
    if (parsed) fields.set("collation", parsed.specification);
    else fields.delete("collation");
  }
  if (options.get("capped") === true) fields.set("size", cappedSize(options.get("size")));
  else for (const name of ["capped", "size", "max"]) fields.delete(name);
  const timeseries = options.get("timeseries");
  if (timeseries instanceof Document) fields.set("timeseries", checkTimeSeries(timeseries));
  const clustered = options.get("clusteredIndex");
  if (clustered !== undefined) fields.set("clusteredIndex", readClusteredIndex(clustered));
  return Document.of(fields);
}

const types: Readonly<Record<string, string>> = {
  capped: "bool",
  validator: "object",
  validationLevel: "string",
  validationAction: "string",
  viewOn: "string",
  pipeline: "array",
  collation: "object",
  timeseries: "object",
  changeStreamPreAndPostImages: "object",
};

/** A number is as good as a boolean (manual, "create"; the server's "safe bool"), but kept and compared as one. */
function withPlainBooleans(options: Document): Document {
  const capped = options.get("capped");
  if (!isNumber(capped)) return options;
  return Document.of(new Map([...options.fields(), ["capped", toTruncated(capped) !== 0n]]));
}

function typesAreRight(options: Document): void {
  for (const [name, value] of options.fields()) {
    const expected = types[name];
    const actual = typeOf(value).alias;
    if (expected && actual !== expected) {
      throw new MongoError(
        "TypeMismatch",
        `BSON field 'create.${name}' is the wrong type '${actual}', expected type '${expected}'`,
      );
    }
  }
}

function cappedHasSize(options: Document): void {
  const isCapped = options.get("capped") === true;
  if (isCapped && !options.has("size")) {
    throw new MongoError("InvalidOptions", "the 'size' field is required when 'capped' is true");
  }
  if (!isCapped && (options.has("size") || options.has("max"))) {
    throw new MongoError(
      "InvalidOptions",
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    );
  }
}

function viewIsAlone(options: Document): void {
  if (options.has("pipeline") && !options.has("viewOn")) {
    throw new MongoError("InvalidOptions", "'pipeline' requires 'viewOn' to also be specified");
  }
  if (!options.has("viewOn")) return;
  const other = ["capped", "validator", "timeseries", "clusteredIndex"].find((name) => options.has(name));
  if (other) throw new MongoError("InvalidOptions", `Cannot create a view with the option '${other}'`);
}

/** Only what has a date of its own grows old; "off" ends it. */
function agesByDate(options: Document): void {
  const seconds = options.get("expireAfterSeconds");
  if (seconds === undefined) return;
  if (!options.has("timeseries") && !options.has("clusteredIndex"))
    throw new MongoError(
      "InvalidOptions",
      "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
    );
  if (seconds !== "off" && !isNumber(seconds))
    throw new MongoError("TypeMismatch", "'expireAfterSeconds' must be a number or 'off'");
}

const choices: Readonly<Record<string, readonly string[]>> = {
  validationLevel: ["off", "strict", "moderate"],
  validationAction: ["error", "warn", "errorAndLog"],
};

function choicesAreKnown(options: Document): void {
  for (const [name, known] of Object.entries(choices)) {
    const value = options.get(name);
    if (typeof value === "string" && !known.includes(value)) {
      throw new MongoError("BadValue", `Enumeration value '${value}' for field 'create.${name}' is not a valid value.`);
    }
  }
}

const systemDatabases: ReadonlySet<string> = new Set(["admin", "local", "config"]);

/** @throws MongoError InvalidOptions, QueryFeatureNotAllowed, and those of filters */
export function checkValidator(validator: Document, { database }: Namespace, nowMs: number): void {
  if (systemDatabases.has(database)) {
    throw new MongoError(
      "InvalidOptions",
      `Document validators are not allowed on collections in the ${database} database`,
    );
  }
  for (const name of ["$near", "$nearSphere", "$geoNear", "$text", "$where"]) {
    if (mentions(validator, name))
      throw new MongoError("QueryFeatureNotAllowed", `${name} is not allowed in this context`);
  }
  parseFilter(validator, queryOptions(operatingAt(nowMs), undefined, undefined));
}

const mentions = (value: Value, name: string): boolean =>
  value instanceof Document
    ? [...value.fields()].some(([field, inner]) => field === name || mentions(inner, name))
    : Array.isArray(value) && value.some((each) => mentions(each, name));

/** A multiple of 256 bytes (manual, "create", size). */
function cappedSize(size: Value | undefined): Value {
  const bytes = isNumber(size) ? Number(toTruncated(size) ?? 0n) : 0;
  if (bytes <= 0 || bytes > 2 ** 50) {
    throw new MongoError(51024, `BSON field 'size' value must be >= 1, actual value '${bytes}'`);
  }
  return wholeNumber(Math.ceil(bytes / 256) * 256);
}

const spans: Readonly<Record<string, number>> = { seconds: 3600, minutes: 86_400, hours: 2_592_000 };

function checkTimeSeries(options: Document): Document {
  if (typeof options.get("timeField") !== "string") {
    throw new MongoError(
      "IDLFailedToParse",
      "BSON field 'create.timeseries.timeField' is missing but a required field",
    );
  }
  const granularity = options.get("granularity") ?? "seconds";
  const span = typeof granularity === "string" ? spans[granularity] : undefined;
  if (span === undefined) {
    throw new MongoError(
      "BadValue",
      `Enumeration value '${String(granularity)}' for field 'create.timeseries.granularity' is not a valid value.`,
    );
  }
  return Document.from([...options.fields(), ["granularity", granularity], ["bucketMaxSpanSeconds", int32(span)]]);
}
