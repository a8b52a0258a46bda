import { MongoError } from "../errors/mongo-error.ts";
import type { ChangeEvent } from "../storage/change-log.ts";
import type { Store } from "../storage/store.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { applyDescription } from "./apply-description.ts";
import { resumeToken } from "./resume-token.ts";
import type { StreamOptions } from "./stream-options.ts";

/** Only with showExpandedEvents (manual, "Change Events"). */
const expandedFields: readonly string[] = ["collectionUUID", "operationDescription"];

/** An event as the stream tells it, before its pipeline. @throws MongoError NoMatchingDocument for an image that is required and not there */
export function eventDocument(change: ChangeEvent, options: StreamOptions, store: Store): Document {
  const token = resumeToken({ token: change.token, isInvalidate: false });
  const fields = new Map<string, Value>([["_id", token], ...change.event.fields()]);
  if (!options.showsExpanded) for (const name of expandedFields) fields.delete(name);
  const type = fields.get("operationType");
  if (type === "rename" && options.showsExpanded) describeRename(fields);
  if (type === "update") {
    disambiguate(fields, options.showsExpanded);
    addAfterImage(fields, change, options, store);
  }
  if (type === "update" || type === "replace" || type === "delete") addBeforeImage(fields, change, options);
  return Document.of(fields);
}

/** The description names the new place, too (manual, "rename Event"). */
function describeRename(fields: Map<string, Value>): void {
  const description = fields.get("operationDescription");
  const others = description instanceof Document ? description.fields() : [];
  fields.set("operationDescription", Document.of(new Map([["to", fields.get("to") ?? null], ...others])));
}

/** Paths that are not clear are told with showExpandedEvents alone, and then always (manual, "update Event"). */
function disambiguate(fields: Map<string, Value>, isTold: boolean): void {
  const description = fields.get("updateDescription");
  if (!(description instanceof Document)) return;
  const told = new Map(description.fields());
  if (!isTold) told.delete("disambiguatedPaths");
  else if (!told.has("disambiguatedPaths")) told.set("disambiguatedPaths", emptyDocument);
  fields.set("updateDescription", Document.of(told));
}

/** The end of a stream (manual, "invalidate Event"). */
export const invalidateDocument = (change: ChangeEvent): Document =>
  Document.from([
    ["_id", resumeToken({ token: change.token, isInvalidate: true })],
    ["operationType", "invalidate"],
    ["clusterTime", change.clusterTime],
    ["wallTime", change.event.get("wallTime") ?? null],
  ]);

function addAfterImage(
  fields: Map<string, Value>,
  change: ChangeEvent,
  { fullDocument }: StreamOptions,
  store: Store,
): void {
  if (fullDocument === "default") return;
  if (fullDocument === "updateLookup") {
    fields.set("fullDocument", lookUp(change, store) ?? null);
    return;
  }
  const description = change.event.get("updateDescription");
  const after =
    change.before && description instanceof Document ? applyDescription(change.before, description) : undefined;
  if (!after && fullDocument === "required") throw imageMissing("post-image");
  fields.set("fullDocument", after ?? null);
}

function addBeforeImage(fields: Map<string, Value>, change: ChangeEvent, options: StreamOptions): void {
  const mode = options.fullDocumentBeforeChange;
  if (mode === "off") return;
  if (!change.before && mode === "required") throw imageMissing("pre-image");
  fields.set("fullDocumentBeforeChange", change.before ?? null);
}

/** The document as it is now. */
function lookUp({ database, collection, event }: ChangeEvent, store: Store): Document | undefined {
  const key = event.get("documentKey");
  const id = key instanceof Document ? key.get("_id") : undefined;
  if (collection === undefined || id === undefined) return undefined;
  const snapshot = store.snapshot();
  try {
    return snapshot.open({ database, collection })?.findId(id)?.document;
  } finally {
    snapshot.close();
  }
}

const imageMissing = (image: string): MongoError =>
  new MongoError(
    "NoMatchingDocument",
    `Change stream was configured to require a ${image} for all update, delete and replace events, but the ${image} was not found`,
    [["errorLabels", ["NonResumableChangeStreamError"]]],
  );
