import { firstBatch } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { runPipeline } from "../../run/pipeline-room.ts";
import { flowSource } from "../../run/query-flow.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import type { FindRequest } from "./find-request.ts";
import { operating } from "./operation-options.ts";
import { pipelineRoomOf } from "./pipeline-room-of.ts";

/** A find on a view is a pipeline behind the view's own. @throws MongoError InvalidPipelineOperator for what a stage cannot say */
export function findOnView(context: CommandContext, namespace: Namespace, wanted: FindRequest): Promise<Document> {
  const lasting = context.lastingReader();
  try {
    const own = lasting.reader.info(namespace)?.options.get("collation");
    const room = pipelineRoomOf(context, lasting.reader, operating(context, wanted.variables), {
      collation: wanted.collation ?? (own instanceof Document ? own : undefined),
      allowDiskUse: wanted.allowDiskUse,
    });
    const flow = runPipeline(room, namespace, findStages(wanted), wanted.hint);
    const source = flowSource(
      flow,
      (document) => encodeDocument(document).length,
      () => lasting.release(),
    );
    const { batchSize, isSingleBatch, noCursorTimeout } = wanted;
    return firstBatch(context, namespace, source, { batchSize, isSingleBatch, noCursorTimeout });
  } catch (error) {
    lasting.release();
    throw error;
  }
}

/** The stages of a find. @throws MongoError InvalidPipelineOperator */
export function findStages(wanted: FindRequest): readonly Document[] {
  if (wanted.min || wanted.max || wanted.returnsKey || wanted.showsRecordId || wanted.isTailable) {
    throw new MongoError("InvalidPipelineOperator", "This option of find is not supported on views");
  }
  const { filter, sort, skip, limit, projection } = wanted;
  return [
    Document.from([["$match", filter]]),
    ...(sort && sort.size > 0 ? [Document.from([["$sort", sort]])] : []),
    ...(skip ? [Document.from([["$skip", BigInt(skip)]])] : []),
    ...(limit ? [Document.from([["$limit", BigInt(limit)]])] : []),
    ...(projection && projection.size > 0 ? [Document.from([["$project", projection]])] : []),
  ];
}
