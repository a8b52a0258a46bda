import type { CollectionInfo } from "../storage/store.ts";
import { emptyDocument } from "../values/document.ts";

/** Stands for a collection that is not there: a query on it is checked all the same. */
export const emptyCollection: CollectionInfo = {
  namespace: { database: "", collection: "" },
  uuid: Buffer.alloc(16),
  kind: "collection",
  options: emptyDocument,
  indexes: [],
};
