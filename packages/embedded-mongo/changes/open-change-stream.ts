import { compilePipeline } from "../aggregate/pipeline.ts";
import type { PipelineContext } from "../aggregate/pipeline-context.ts";
import { firstBatch } from "../cursors/first-batch.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { CommandContext } from "../server/command-context.ts";
import type { ChangeLog } from "../storage/change-log.ts";
import type { Namespace } from "../storage/store.ts";
import type { Document } from "../values/document.ts";
import { ChangeSource } from "./change-source.ts";
import type { ResumePoint } from "./resume-token.ts";
import { readStreamOptions, type StreamOptions } from "./stream-options.ts";
import type { Watched } from "./watched.ts";

/** Stages that may follow (manual, "Modify Change Stream Output"). */
const allowed: readonly string[] = [
  "$addFields",
  "$match",
  "$project",
  "$redact",
  "$replaceRoot",
  "$replaceWith",
  "$set",
  "$unset",
];

/** The last stage of a stream whose large events come in fragments. */
const splitStage = "$changeStreamSplitLargeEvent";

/** Whether a pipeline is a change stream. */
export const isChangeStream = (stages: readonly Document[]): boolean => stages[0]?.firstName === "$changeStream";

/**
 * Opens the change stream of a pipeline that begins with `$changeStream`, and returns the reply with its first batch. `pipelineContext` is
 * what the stages behind it run in. @throws MongoError 40573 on a standalone server, IllegalOperation, and those of the stage's options
 */
export async function openChangeStream(
  context: CommandContext,
  namespace: Namespace,
  stages: readonly Document[],
  pipelineContext: PipelineContext,
  batchSize: number | undefined,
): Promise<Document> {
  const log = context.store.changes;
  if (!log) throw new MongoError(40573, "The $changeStream stage is only supported on replica sets");
  if (context.isInTransaction)
    throw new MongoError("OperationNotSupportedInTransaction", "$changeStream cannot be used in a transaction");
  const isSplitting = stages.length > 1 && stages.at(-1)?.firstName === splitStage;
  const [first, ...rest] = isSplitting ? stages.slice(0, -1) : stages;
  const options = readStreamOptions(first ?? noStage());
  if (rest.some(({ firstName }) => firstName === splitStage))
    throw new MongoError(7182802, `${splitStage} must be the last stage in the pipeline`);
  const pipeline = compilePipeline(rest, pipelineContext);
  checkStages(rest);
  const source = new ChangeSource({
    store: context.store,
    log,
    watched: watchedBy(context, namespace, options),
    options,
    pipeline,
    start: startOf(log, options),
    isSplitting,
    pause: () => context.operation.pause(),
  });
  return firstBatch(context, namespace, source, { batchSize, isTailable: true, awaitsData: true });
}

function noStage(): never {
  throw new MongoError("InternalError", "A change stream needs its stage");
}

function checkStages(stages: readonly Document[]): void {
  for (const { firstName = "" } of stages) {
    if (firstName === "$changeStream")
      throw new MongoError(40602, "$changeStream is only valid as the first stage in a pipeline");
    if (!allowed.includes(firstName))
      throw new MongoError("IllegalOperation", `${firstName} is not permitted in a $changeStream pipeline`);
  }
}

/** @throws MongoError InvalidOptions, InvalidNamespace, CommandNotSupportedOnView */
function watchedBy(context: CommandContext, namespace: Namespace, { isOfCluster }: StreamOptions): Watched {
  const { database, collection } = namespace;
  const isOfDatabase = collection === "$cmd.aggregate";
  if (isOfCluster) {
    if (database !== "admin" || !isOfDatabase)
      throw new MongoError(
        "InvalidOptions",
        "A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database, and with no collection name",
      );
    return { kind: "cluster" };
  }
  if (["admin", "config", "local"].includes(database))
    throw new MongoError("InvalidNamespace", `$changeStream may not be opened on the internal ${database} database`);
  if (isOfDatabase) return { kind: "database", database };
  if (collection.startsWith("system."))
    throw new MongoError(
      "InvalidNamespace",
      `$changeStream may not be opened on the internal ${database}.${collection} collection`,
    );
  if (context.reader().info(namespace)?.kind === "view")
    throw new MongoError(
      "CommandNotSupportedOnView",
      `Namespace ${database}.${collection} is a view, not a collection`,
    );
  return { kind: "collection", namespace };
}

/** Where the stream begins; tokens and times that the log does not reach are refused here, before there is a cursor. */
function startOf(log: ChangeLog, { resumeAt, startAtOperationTime }: StreamOptions): ResumePoint {
  if (resumeAt) return { token: resumeAt.token, isInvalidate: false, fragment: resumeAt.fragment };
  return { token: startAtOperationTime ? log.at(startAtOperationTime) : log.end(), isInvalidate: false };
}
