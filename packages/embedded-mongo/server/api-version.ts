import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** The commands of version 1 of the Stable API (manual, "Stable API"). */
const version1: ReadonlySet<string> = new Set([
  "abortTransaction",
  "aggregate",
  "authenticate",
  "bulkWrite",
  "collMod",
  "commitTransaction",
  "count",
  "create",
  "createIndexes",
  "delete",
  "drop",
  "dropDatabase",
  "dropIndexes",
  "endSessions",
  "explain",
  "find",
  "findAndModify",
  "getMore",
  "hello",
  "insert",
  "killCursors",
  "listCollections",
  "listDatabases",
  "listIndexes",
  "ping",
  "refreshSessions",
  "saslContinue",
  "saslStart",
  "update",
]);

/** Checks the parameters of the Stable API. @throws MongoError APIVersionError, APIStrictError, InvalidOptions */
export function checkApiVersion(command: string, request: Document, isRequired: boolean): void {
  const version = request.get("apiVersion");
  if (version === undefined) {
    if (request.has("apiStrict") || request.has("apiDeprecationErrors"))
      throw new MongoError(4886600, "Provided apiStrict and/or apiDeprecationErrors without passing apiVersion");
    // The handshake comes before a client's own settings.
    if (isRequired && !["hello", "isMaster"].includes(command))
      throw new MongoError(
        498870,
        "The apiVersion parameter is required, please configure your MongoClient's API version",
      );
    return;
  }
  if (version !== "1") throw new MongoError("APIVersionError", 'API version must be "1"');
  if (request.get("apiStrict") === true && !version1.has(command))
    throw new MongoError(
      "APIStrictError",
      `Provided apiStrict:true, but the command ${command} is not in API Version 1`,
    );
  if (request.get("apiStrict") === true && command === "aggregate") checkStages(request.get("pipeline"));
}

/** Stages that ask for the server's insides (manual, "Stable API", "Aggregation Stages"). */
const unstableStages: readonly string[] = [
  "$currentOp",
  "$indexStats",
  "$listLocalSessions",
  "$listSessions",
  "$planCacheStats",
  "$search",
];

function checkStages(pipeline: Value | undefined): void {
  for (const stage of isArray(pipeline) ? pipeline : []) {
    const name = stage instanceof Document ? (stage.firstName ?? "") : "";
    if (unstableStages.includes(name))
      throw new MongoError("APIStrictError", `stage ${name} is not allowed with 'apiStrict: true' in API Version 1`);
  }
}
