import type { Demand } from "../../auth/access.ts";
import { isChangeStream, openChangeStream } from "../../changes/open-change-stream.ts";
import type { BatchSource } from "../../cursors/batch-source.ts";
import { firstBatch } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { contextOf, runPipeline } from "../../run/pipeline-room.ts";
import { flowSource } from "../../run/query-flow.ts";
import type { resolveView } from "../../run/resolve-view.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { withServerStage } from "../../server/server-stages.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import type { Command } from "../command.ts";
import { optionalBoolean, optionalCount, optionalDocument, requiredDocuments } from "../request-fields.ts";
import { aggregateNamespace } from "./aggregate-namespace.ts";
import { explainAggregate } from "./explain-aggregate.ts";
import { operating } from "./operation-options.ts";
import { pipelineRoomOf } from "./pipeline-room-of.ts";

/** Runs a pipeline and opens a cursor over what comes out. */
export const aggregate: Command = {
  name: "aggregate",
  access: (request, database) => [{ access: "read", database }, ...demandsOfWriting(request, database)],
  isAllowedInTransaction: true,
  fields: [
    "pipeline",
    "cursor",
    "explain",
    "allowDiskUse",
    "bypassDocumentValidation",
    "collation",
    "hint",
    "let",
    "isMapReduceCommand",
  ],
  help: "Runs an aggregation pipeline.",
  async run(context, request) {
    const namespace = aggregateNamespace(context.database, request);
    refuseConcern(request);
    if (optionalBoolean(request, "aggregate", "explain")) {
      return Document.from([["explainVersion", "1"], ...(await explainAggregate(context, request, false)), ["ok", 1]]);
    }
    const cursor = optionalDocument(request, "aggregate", "cursor");
    if (!cursor) {
      throw new MongoError(
        "FailedToParse",
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    }
    const batchSize = optionalCount(cursor, "aggregate.cursor", "batchSize");
    const given = requiredDocuments(request, "aggregate", "pipeline");
    const stages = withServerStage(context, namespace.collection, given);
    if (context.isInTransaction && writesLast(request)) {
      const name = stages.at(-1)?.firstName ?? "";
      throw new MongoError(
        "OperationNotSupportedInTransaction",
        `Stage not supported inside of a multi-document transaction: ${name}`,
      );
    }
    if (isChangeStream(stages)) return openStream(context, namespace, request, stages, batchSize);
    return firstBatch(context, namespace, openPipeline(context, namespace, request, stages), { batchSize });
  },
};

/** @throws MongoError InvalidOptions for a linearizable read that writes (manual, "Read Concern linearizable") */
function refuseConcern(request: Document): void {
  const concern = request.get("readConcern");
  if (concern instanceof Document && concern.get("level") === "linearizable" && writesLast(request))
    throw new MongoError("InvalidOptions", "$out and $merge cannot be used with a 'linearizable' read concern level");
}

function openStream(
  context: CommandContext,
  namespace: Namespace,
  request: Document,
  stages: readonly Document[],
  batchSize: number | undefined,
): Promise<Document> {
  const shared = operating(context, optionalDocument(request, "aggregate", "let"));
  const collation = optionalDocument(request, "aggregate", "collation");
  const room = pipelineRoomOf(context, context.reader(), shared, { collation, allowDiskUse: false });
  return openChangeStream(context, namespace, stages, contextOf(room, namespace), batchSize);
}

function openPipeline(
  context: CommandContext,
  namespace: Namespace,
  request: Document,
  stages: readonly Document[],
): BatchSource {
  const shared = operating(context, optionalDocument(request, "aggregate", "let"));
  const lasting = context.lastingReader();
  try {
    const collation = optionalDocument(request, "aggregate", "collation");
    const room = pipelineRoomOf(context, lasting.reader, shared, {
      collation: collation ?? inheritedCollation(lasting.reader, namespace),
      allowDiskUse: optionalBoolean(request, "aggregate", "allowDiskUse") ?? true,
      bypasses: optionalBoolean(request, "aggregate", "bypassDocumentValidation") ?? false,
    });
    const flow = runPipeline(room, namespace, stages, hintOf(request));
    return flowSource(
      flow,
      (document) => encodeDocument(document).length,
      () => lasting.release(),
    );
  } catch (error) {
    lasting.release();
    throw error;
  }
}

/** Of the collection or the view, whose operations have it unless they name one. */
function inheritedCollation(reader: Parameters<typeof resolveView>[0], namespace: Namespace): Document | undefined {
  const collation = reader.info(namespace)?.options.get("collation");
  return collation instanceof Document ? collation : undefined;
}

const hintOf = (request: Document): Value | undefined => request.get("hint");

const writesLast = (request: Document): boolean => writingStage(request) !== undefined;

/** The argument of `$out`, or what `$merge` writes into. */
function writingStage(request: Document): Value | undefined {
  const pipeline = request.get("pipeline");
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined;
  if (!(last instanceof Document)) return undefined;
  const merge = last.get("$merge");
  return last.get("$out") ?? (merge instanceof Document ? (merge.get("into") ?? null) : merge);
}

function demandsOfWriting(request: Document, database: string): readonly Demand[] {
  const target = writingStage(request);
  if (target === undefined) return [];
  const named = target instanceof Document ? target.get("db") : undefined;
  return [{ access: "write", database: typeof named === "string" ? named : database }];
}
