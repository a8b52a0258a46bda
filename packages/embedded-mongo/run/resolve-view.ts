import { MongoError } from "../errors/mongo-error.ts";
import type { Namespace, Reader } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** Views on views (manual, "MongoDB Limits and Thresholds", View depth). */
const maxDepth = 20;

/** The collection behind a view and the stages that make the view of it; a collection is itself. */
export interface ResolvedView {
  readonly namespace: Namespace;
  readonly stages: readonly Document[];
  /** Of the view; undefined for a collection. */
  readonly collation: Document | undefined;
}

/** Follows `viewOn` to a collection. @throws MongoError ViewDepthLimitExceeded */
export function resolveView(reader: Reader, namespace: Namespace): ResolvedView {
  let at = namespace;
  let stages: readonly Document[] = [];
  let collation: Document | undefined;
  for (let depth = 0; depth <= maxDepth; depth++) {
    const info = reader.info(at);
    if (info?.kind !== "view") return { namespace: at, stages, collation };
    const viewOn = info.options.get("viewOn");
    const pipeline = info.options.get("pipeline");
    const own = info.options.get("collation");
    if (depth === 0 && own instanceof Document) collation = own;
    stages = [...(isArray(pipeline) ? pipeline.filter((each) => each instanceof Document) : []), ...stages];
    at = { database: at.database, collection: typeof viewOn === "string" ? viewOn : "" };
  }
  throw new MongoError(
    "ViewDepthLimitExceeded",
    `View depth too deep or view cycle detected on ${namespace.database}.${namespace.collection}; maximum view depth is ${maxDepth}`,
  );
}
