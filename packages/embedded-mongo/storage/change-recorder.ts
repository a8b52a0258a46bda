import type { Clock } from "@drydock/core";
import { Document, type Value } from "../values/document.ts";
import { BinaryValue, DateValue } from "../values/scalars.ts";
import type { CollectionInfo, Namespace, WriteOrigin } from "./store.ts";

/** An event that has no time yet: it gets one when it is written. */
export interface RecordedChange {
  readonly database: string;
  readonly collection: string | undefined;
  readonly fields: readonly (readonly [string, Value])[];
  readonly before: Document | undefined;
}

/** Collects what one write changes, as change streams tell it (manual, "Change Events"). */
export class ChangeRecorder {
  readonly changes: RecordedChange[] = [];
  readonly #clock: Clock;
  readonly #origin: WriteOrigin;

  constructor(clock: Clock, origin: WriteOrigin) {
    this.#clock = clock;
    this.#origin = origin;
  }

  inserted(info: CollectionInfo, document: Document): void {
    this.#add(info, "insert", [
      ["documentKey", keyOf(document)],
      ["fullDocument", document],
    ]);
  }

  replaced(info: CollectionInfo, before: Document, after: Document, update: Document | undefined): void {
    const change: readonly [string, Value] = update ? ["updateDescription", update] : ["fullDocument", after];
    this.#add(info, update ? "update" : "replace", [["documentKey", keyOf(after)], change], imageOf(info, before));
  }

  removed(info: CollectionInfo, before: Document): void {
    this.#add(info, "delete", [["documentKey", keyOf(before)]], imageOf(info, before));
  }

  /** What happens to a collection as a whole; `description` is what showExpandedEvents adds. */
  defined(info: CollectionInfo, operationType: string, description?: Document): void {
    this.#add(info, operationType, description ? [["operationDescription", description]] : []);
  }

  /** `changed` is what collMod has set; the options before it are told, too, and those of the index when it has changed one (manual, "modify Event"). */
  modified(info: CollectionInfo, changed: Document, index?: Document): void {
    const options = Document.from([["uuid", new BinaryValue(4, info.uuid)], ...info.options.fields()]);
    const before = Document.from([
      ["collectionOptions", options],
      ...(index ? [["indexOptions", index] as const] : []),
    ]);
    this.#add(info, "modify", [
      ["operationDescription", changed],
      ["stateBeforeChange", before],
    ]);
  }

  renamed(info: CollectionInfo, to: Namespace, description: Document): void {
    this.#add(info, "rename", [
      ["to", namespaceOf(to)],
      ["operationDescription", description],
    ]);
  }

  databaseDropped(database: string): void {
    this.changes.push({
      database,
      collection: undefined,
      fields: [["operationType", "dropDatabase"], ...this.#common(), ["ns", Document.from([["db", database]])]],
      before: undefined,
    });
  }

  #add(info: CollectionInfo, type: string, fields: readonly (readonly [string, Value])[], before?: Document): void {
    this.changes.push({
      database: info.namespace.database,
      collection: info.namespace.collection,
      fields: [
        ["operationType", type],
        ...this.#common(),
        ["collectionUUID", new BinaryValue(4, info.uuid)],
        ["ns", namespaceOf(info.namespace)],
        ...fields,
      ],
      before,
    });
  }

  #common(): readonly (readonly [string, Value])[] {
    const { sessionId, transactionNumber } = this.#origin;
    return [
      ["wallTime", new DateValue(this.#clock.now())],
      ...(sessionId ? [["lsid", sessionId] as const] : []),
      ...(transactionNumber === undefined ? [] : [["txnNumber", transactionNumber] as const]),
    ];
  }
}

const keyOf = (document: Document): Document => Document.from([["_id", document.get("_id") ?? null]]);

const namespaceOf = ({ database, collection }: Namespace): Document =>
  Document.from([
    ["db", database],
    ["coll", collection],
  ]);

/** Kept where the collection was told to (manual, "Change Streams with Document Pre- and Post-Images"). */
function imageOf({ options }: CollectionInfo, before: Document): Document | undefined {
  const images = options.get("changeStreamPreAndPostImages");
  return images instanceof Document && images.get("enabled") === true ? before : undefined;
}
