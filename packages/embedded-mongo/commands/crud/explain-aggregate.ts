import { compilePipeline } from "../../aggregate/pipeline.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { stage } from "../../plan/describe-plan.ts";
import { describeQuery } from "../../run/describe-query.ts";
import { emptyCollection } from "../../run/empty-collection.ts";
import { contextOf } from "../../run/pipeline-room.ts";
import { planLeading } from "../../run/plan-leading.ts";
import { resolveView } from "../../run/resolve-view.ts";
import { runQuery } from "../../run/run-query.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { withServerStage } from "../../server/server-stages.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { fullName } from "../catalog/namespace-of.ts";
import { optionalDocument, requiredDocuments } from "../request-fields.ts";
import { aggregateNamespace } from "./aggregate-namespace.ts";
import { executionStats, queryPlanner } from "./explained-plan.ts";
import { operating } from "./operation-options.ts";
import { pipelineRoomOf } from "./pipeline-room-of.ts";

type Fields = readonly (readonly [string, Value])[];

/**
 * The plan of a pipeline: the query that its first stages became, then the other stages. Writing stages do not run. @throws MongoError
 * FailedToParse for a write concern, and those of the pipeline
 */
export async function explainAggregate(
  context: CommandContext,
  command: Document,
  isExecuted: boolean,
): Promise<Fields> {
  if (command.has("writeConcern"))
    throw new MongoError("FailedToParse", "Aggregation explain does not support the 'writeConcern' option");
  const namespace = aggregateNamespace(context.database, command);
  const given = requiredDocuments(command, "aggregate", "pipeline");
  const asking = withServerStage(context, namespace.collection, given);
  const reader = context.reader();
  const shared = operating(context, optionalDocument(command, "aggregate", "let"));
  const room = pipelineRoomOf(context, reader, shared, {
    collation: optionalDocument(command, "aggregate", "collation"),
    allowDiskUse: true,
  });
  const base = resolveView(reader, namespace);
  const stages = [...base.stages, ...asking];
  const pipeline = compilePipeline(stages, contextOf(room, base.namespace));
  // What asks the server has no plan: its stages are all there is to tell.
  if (asking !== given) return [["stages", given]];
  const collection = reader.open(base.namespace);
  const options = room.optionsFor(collection?.info, shared.constants);
  const leading = planLeading(pipeline.leading, command.get("hint"), collection?.info ?? emptyCollection, options);
  const { query, limit, done } = leading;
  const wanted = { filter: filterOf(stages), limit };
  const plan = collection ? describeQuery(query, wanted) : stage("EOF");
  const planned = queryPlanner(fullName(base.namespace), wanted.filter, plan);
  const stats: (readonly [string, Value])[] = [];
  if (isExecuted && collection) {
    const examined = { keys: 0, documents: 0 };
    const start = performance.now();
    let read = 0;
    const source = runQuery(collection, query, { limit, examined, operation: context.operation, release() {} });
    for (let isDone = false; !isDone; ) {
      const batch = await source.next(1000, Number.POSITIVE_INFINITY);
      read += batch.documents.length;
      isDone = batch.isDone;
    }
    source.close();
    stats.push(["executionStats", executionStats(read, performance.now() - start, examined, plan)]);
  }
  if (done === stages.length) return [["queryPlanner", planned], ...stats];
  const cursor = Document.from([["$cursor", Document.from([["queryPlanner", planned], ...stats])]]);
  return [["stages", [cursor, ...stages.slice(done)]]];
}

function filterOf([first]: readonly Document[]): Document {
  const filter = first?.get("$match");
  return filter instanceof Document ? filter : emptyDocument;
}
