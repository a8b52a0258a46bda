import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toTruncated } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";

/** What has to be true of a write before it is acknowledged (manual, "Write Concern"). */
export interface WriteConcern {
  /** How many servers, or "majority", or a tag's name. */
  readonly w: number | string;
  /** Asked for by `j: true`, or by an explicit majority. */
  readonly isFlushed: boolean;
  readonly document: Document;
}

const maxServers = 50;

/** Reads `writeConcern`; an empty one is the default. @throws MongoError TypeMismatch, FailedToParse, IDLUnknownField */
export function readWriteConcern(value: Value | undefined): WriteConcern | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `"writeConcern" had the wrong type. Expected object, found ${typeOf(value).alias}`,
    );
  for (const name of value.fields().keys())
    if (!["w", "j", "wtimeout", "fsync", "provenance", "getLastError"].includes(name))
      throw new MongoError("IDLUnknownField", `BSON field 'writeConcern.${name}' is an unknown field.`);
  const w = readServers(value.get("w"));
  const journal = value.get("j");
  const isJournaled = journal === true || (isNumber(journal) && toTruncated(journal) !== 0n);
  return { w, isFlushed: isJournaled || value.get("fsync") === true || w === "majority", document: value };
}

function readServers(value: Value | undefined): number | string {
  if (value === undefined) return 1;
  if (typeof value === "string") return value;
  if (!isNumber(value)) throw new MongoError("FailedToParse", "w has to be a number, string, or object");
  const count = Number(toTruncated(value) ?? 0n);
  if (count < 0 || count > maxServers)
    throw new MongoError(
      "FailedToParse",
      `w has to be a non-negative number and not greater than ${maxServers}; found: ${count}`,
    );
  return count;
}

/** A standalone server knows itself alone. @throws MongoError BadValue */
export function checkStandaloneConcern({ w }: WriteConcern): void {
  if (typeof w === "number" && w > 1)
    throw new MongoError("BadValue", "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === "string" && w !== "majority")
    throw new MongoError(
      "BadValue",
      `cannot use non-majority 'w' mode ${w} when a host is not a member of a replica set`,
    );
}

/** The `writeConcernError` of a replica set of one member: the write has happened, and the concern cannot be met. */
export function concernError({ w, document }: WriteConcern): Document | undefined {
  if (w === "majority" || (typeof w === "number" && w <= 1)) return undefined;
  const [code, codeName, message] =
    typeof w === "number"
      ? [100, "UnsatisfiableWriteConcern", "Not enough data-bearing nodes"]
      : [79, "UnknownReplWriteConcern", `No write concern mode named '${w}' found in replica set configuration`];
  return Document.from([
    ["code", int32(code)],
    ["codeName", codeName],
    ["errmsg", message],
    ["errInfo", Document.from([["writeConcern", document]])],
  ]);
}
