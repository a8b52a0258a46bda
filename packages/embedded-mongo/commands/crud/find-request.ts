import { MongoError } from "../../errors/mongo-error.ts";
import { type Document, emptyDocument, type Value } from "../../values/document.ts";
import { optionalBoolean, optionalCount, optionalDocument } from "../request-fields.ts";

/** The fields of `find`, read. */
export interface FindRequest {
  readonly filter: Document;
  readonly sort: Document | undefined;
  readonly projection: Document | undefined;
  readonly hint: Value | undefined;
  readonly skip: number | undefined;
  /** Undefined: all. */
  readonly limit: number | undefined;
  readonly batchSize: number | undefined;
  readonly isSingleBatch: boolean;
  readonly min: Document | undefined;
  readonly max: Document | undefined;
  readonly returnsKey: boolean;
  readonly showsRecordId: boolean;
  readonly isTailable: boolean;
  readonly awaitsData: boolean;
  readonly noCursorTimeout: boolean;
  readonly collation: Document | undefined;
  readonly variables: Document | undefined;
  readonly allowDiskUse: boolean;
}

/** @throws MongoError TypeMismatch, BadValue, FailedToParse */
export function readFind(request: Document): FindRequest {
  const flag = (name: string) => optionalBoolean(request, "find", name) ?? false;
  const document = (name: string) => optionalDocument(request, "find", name);
  const limit = optionalCount(request, "find", "limit");
  const isTailable = flag("tailable");
  const awaitsData = flag("awaitData");
  if (awaitsData && !isTailable) {
    throw new MongoError("FailedToParse", "Cannot set 'awaitData' without also setting 'tailable'");
  }
  return {
    filter: document("filter") ?? emptyDocument,
    sort: document("sort"),
    projection: document("projection"),
    hint: request.get("hint"),
    skip: optionalCount(request, "find", "skip"),
    limit: limit === 0 ? undefined : limit,
    batchSize: optionalCount(request, "find", "batchSize"),
    isSingleBatch: flag("singleBatch"),
    min: document("min"),
    max: document("max"),
    returnsKey: flag("returnKey"),
    showsRecordId: flag("showRecordId"),
    isTailable,
    awaitsData,
    noCursorTimeout: flag("noCursorTimeout"),
    collation: document("collation"),
    variables: document("let"),
    allowDiskUse: optionalBoolean(request, "find", "allowDiskUse") ?? true,
  };
}
