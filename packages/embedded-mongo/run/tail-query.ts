import type { BatchSource } from "../cursors/batch-source.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { CommandContext } from "../server/command-context.ts";
import type { Namespace, RecordId, StoredRecord } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import type { Query } from "./prepare-query.ts";

/** The documents of a capped collection as they come, in natural order (manual, "Tailable Cursors"). Each batch sees the newest state. */
export function tailQuery(
  context: CommandContext,
  namespace: Namespace,
  { matcher }: Query,
  shape: ((record: StoredRecord) => Document) | undefined,
): BatchSource {
  const { operation } = context;
  let after: RecordId | undefined;
  return {
    async next(maxDocuments, maxBytes) {
      const snapshot = context.store.snapshot();
      try {
        const collection = snapshot.open(namespace);
        if (!collection) throw new MongoError("QueryPlanKilled", `collection dropped: ${namespace.collection}`);
        if (after !== undefined && !collection.get(after)) throw positionLost(after);
        const documents: Document[] = [];
        let bytes = 0;
        for (const record of collection.scan(after === undefined ? {} : { after })) {
          if (documents.length >= maxDocuments) break;
          if (matcher.matches(record.document)) {
            const document = shape ? Document.read(encodeDocument(shape(record))) : record.document;
            bytes += document.raw ? document.raw.end - document.raw.start : 0;
            if (bytes > maxBytes && documents.length > 0) break;
            documents.push(document);
          }
          after = record.id;
          await operation.pause();
        }
        // An empty collection has no place to go on behind: MongoDB closes the cursor at once.
        return { documents, isDone: after === undefined };
      } finally {
        snapshot.close();
      }
    },
    close() {},
  };
}

const positionLost = (at: RecordId): MongoError =>
  new MongoError(
    "CappedPositionLost",
    `CollectionScan died due to position in capped collection being deleted. Last seen record id: RecordId(${at})`,
  );
