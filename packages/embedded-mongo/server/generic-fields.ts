import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toInteger } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { TimestampValue } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";
import { type ReadConcern, readReadConcern } from "./read-concern.ts";
import { readWriteConcern, type WriteConcern } from "./write-concern.ts";

/** Fields that every command takes (MongoDB's generic arguments). */
export interface GenericFields {
  readonly database: string;
  readonly lsid: Document | undefined;
  readonly transactionNumber: bigint | undefined;
  /** `autocommit: false`: a statement of a transaction. */
  readonly isInTransaction: boolean;
  readonly startsTransaction: boolean;
  readonly readConcern: ReadConcern | undefined;
  readonly writeConcern: WriteConcern | undefined;
  readonly maxTimeMs: number | undefined;
}

/** Their names: no command calls them unknown. */
export const genericFieldNames: ReadonlySet<string> = new Set([
  "$db",
  "lsid",
  "txnNumber",
  "autocommit",
  "startTransaction",
  "stmtId",
  "readConcern",
  "writeConcern",
  "maxTimeMS",
  "maxTimeMSOpOnly",
  "comment",
  "help",
  "$readPreference",
  "$queryOptions",
  "$clusterTime",
  "$configTime",
  "$topologyTime",
  "$audit",
  "$client",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
  "mayBypassWriteBlocking",
]);

/** Reads them. @throws MongoError InvalidNamespace, TypeMismatch, BadValue, InvalidOptions, ClusterTimeFailsRateLimiter */
export function readGenericFields(request: Document, nowMs: number): GenericFields {
  const lsid = request.get("lsid");
  if (lsid !== undefined && !(lsid instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `BSON field 'lsid' is the wrong type '${typeOf(lsid).alias}', expected type 'object'`,
    );
  checkClusterTime(request.get("$clusterTime"), nowMs);
  const transactionNumber = request.get("txnNumber");
  if (transactionNumber !== undefined && typeof transactionNumber !== "bigint")
    throw new MongoError(
      "TypeMismatch",
      `BSON field 'txnNumber' is the wrong type '${typeOf(transactionNumber).alias}', expected type 'long'`,
    );
  if (transactionNumber !== undefined && !lsid)
    throw new MongoError("InvalidOptions", "Transaction number requires a session ID to also be specified");
  return {
    database: readDatabase(request),
    lsid,
    transactionNumber,
    ...readTransactionFields(request, transactionNumber),
    readConcern: readReadConcern(request.get("readConcern")),
    writeConcern: readWriteConcern(request.get("writeConcern")),
    maxTimeMs: readMaxTime(request),
  };
}

// A year (manual, maxAcceptableLogicalClockDriftSecs).
const maxDriftSeconds = 31_536_000;

/** What a client says that it has heard of times. They are not taken over: here is the only server. */
function checkClusterTime(given: Value | undefined, nowMs: number): void {
  if (given === undefined) return;
  const time = given instanceof Document ? given.get("clusterTime") : undefined;
  if (!(time instanceof TimestampValue))
    throw new MongoError(
      "TypeMismatch",
      "BSON field '$clusterTime.clusterTime' is missing or of a wrong type, expected type 'timestamp'",
    );
  if (time.seconds > nowMs / 1000 + maxDriftSeconds)
    throw new MongoError(
      "ClusterTimeFailsRateLimiter",
      `New cluster time, ${time.seconds}, is too far from this node's wall clock time, ${Math.floor(nowMs / 1000)}.`,
    );
}

function readDatabase(request: Document): string {
  const database = request.get("$db");
  if (typeof database !== "string") throw new MongoError("IDLFailedToParse", "OP_MSG requests require a $db argument");
  if (database === "" || database.length > 63 || /[\0/\\. "$]/.test(database.replace(/^\$external$/, "")))
    if (database !== "$external") throw new MongoError("InvalidNamespace", `Invalid database name: '${database}'`);
  return database;
}

function readTransactionFields(
  request: Document,
  transactionNumber: bigint | undefined,
): Pick<GenericFields, "isInTransaction" | "startsTransaction"> {
  const autocommit = request.get("autocommit");
  const start = request.get("startTransaction");
  if (autocommit !== undefined && autocommit !== false)
    throw new MongoError("InvalidOptions", "autocommit must be false when it is specified");
  if (autocommit === false && transactionNumber === undefined)
    throw new MongoError("InvalidOptions", "'autocommit' field requires a transaction number to also be specified");
  if (start !== undefined && autocommit === undefined)
    throw new MongoError("InvalidOptions", "Specifying startTransaction=true requires autocommit=false");
  if (start !== undefined && start !== true)
    throw new MongoError("InvalidOptions", "startTransaction must be true when it is specified");
  return { isInTransaction: autocommit === false, startsTransaction: start === true };
}

function readMaxTime(request: Document): number | undefined {
  const value = request.get("maxTimeMS");
  if (value === undefined || value === null) return undefined;
  if (!isNumber(value)) throw new MongoError("BadValue", "maxTimeMS must be a number");
  const ms = toInteger(value);
  if (ms === undefined) throw new MongoError("BadValue", "maxTimeMS has non-integral value");
  if (ms < 0n || ms > 2_147_483_647n) throw new MongoError("BadValue", `${ms} value for maxTimeMS is out of range`);
  return Number(ms);
}
