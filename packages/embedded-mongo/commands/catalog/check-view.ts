import { compilePipeline } from "../../aggregate/pipeline.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { contextOf } from "../../run/pipeline-room.ts";
import { resolveView } from "../../run/resolve-view.ts";
import { Operation } from "../../server/operation.ts";
import type { Namespace, Reader } from "../../storage/store.ts";
import { Document } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { operatingAt, queryOptions } from "../crud/operation-options.ts";
import { fullName } from "./namespace-of.ts";

/**
 * A view's pipeline must compile, write nothing and not lead back to the view.
 * @throws MongoError GraphContainsCycle, ViewDepthLimitExceeded, OptionNotSupportedOnView and those of stages
 */
export function checkView(reader: Reader, namespace: Namespace, options: Document, nowMs: number): void {
  const viewOn = options.get("viewOn");
  const base = { database: namespace.database, collection: typeof viewOn === "string" ? viewOn : "" };
  if (base.collection === "") throw new MongoError("BadValue", "'viewOn' cannot be empty");
  for (let at: Namespace | undefined = base; at; at = viewBelow(reader, at)) {
    if (at.collection === namespace.collection) {
      throw new MongoError("GraphContainsCycle", `View cycle detected: ${fullName(namespace)}`);
    }
  }
  resolveView(reader, base);
  const stages = options.get("pipeline");
  const pipeline = isArray(stages) ? stages.filter((each) => each instanceof Document) : [];
  const shared = operatingAt(nowMs);
  const room = {
    reader,
    operation: new Operation(0, undefined),
    ...shared,
    collation: undefined,
    allowDiskUse: false,
    optionsFor: () => queryOptions(shared, undefined, undefined),
  };
  if (compilePipeline(pipeline, contextOf(room, base)).writes) {
    throw new MongoError(
      "OptionNotSupportedOnView",
      "The aggregation stage $out or $merge in a view definition is not allowed",
    );
  }
}

function viewBelow(reader: Reader, namespace: Namespace): Namespace | undefined {
  const info = reader.info(namespace);
  const viewOn = info?.kind === "view" ? info.options.get("viewOn") : undefined;
  return typeof viewOn === "string" ? { database: namespace.database, collection: viewOn } : undefined;
}
