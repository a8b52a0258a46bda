import { stage } from "../../plan/describe-plan.ts";
import { describeQuery } from "../../run/describe-query.ts";
import { emptyCollection } from "../../run/empty-collection.ts";
import type { Examined } from "../../run/examined.ts";
import { type PreparedFind, prepareFind } from "../../run/prepare-find.ts";
import { runQuery } from "../../run/run-query.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { CollectionReader } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { fullName } from "../catalog/namespace-of.ts";
import { explainAggregate } from "./explain-aggregate.ts";
import { executionStats, queryPlanner } from "./explained-plan.ts";
import type { ExplainedQuery } from "./explained-query.ts";
import { findStages } from "./find-on-view.ts";
import { operating, queryOptions } from "./operation-options.ts";

type Fields = readonly (readonly [string, Value])[];

/** The plan of a query, and with `isExecuted` what it takes to run it. */
export async function explainQuery(
  context: CommandContext,
  { namespace, find, stage: last }: ExplainedQuery,
  isExecuted: boolean,
): Promise<Fields> {
  const reader = context.reader();
  if (reader.info(namespace)?.kind === "view") {
    const pipeline = Document.from([
      ["aggregate", namespace.collection],
      ["pipeline", findStages(find)],
    ]);
    return explainAggregate(context, pipeline, isExecuted);
  }
  const collection = reader.open(namespace);
  const options = queryOptions(operating(context, find.variables), find.collation, collection?.info);
  const prepared = prepareFind(find, collection?.info ?? emptyCollection, options);
  const described = describeQuery(prepared.query, find);
  const plan = !collection ? stage("EOF") : last ? stage(last, [["inputStage", described]]) : described;
  return [
    ["queryPlanner", queryPlanner(fullName(namespace), find.filter, plan)],
    ...(isExecuted ? [["executionStats", await execute(context, collection, prepared, find, plan)] as const] : []),
  ];
}

async function execute(
  context: CommandContext,
  collection: CollectionReader | undefined,
  { query, shape }: PreparedFind,
  { skip, limit }: ExplainedQuery["find"],
  plan: Document,
): Promise<Document> {
  const examined: Examined = { keys: 0, documents: 0 };
  const start = performance.now();
  let returned = 0;
  if (collection) {
    const { operation } = context;
    const source = runQuery(collection, query, { skip, limit, shape, examined, operation, release() {} });
    for (let isDone = false; !isDone; ) {
      const batch = await source.next(1000, Number.POSITIVE_INFINITY);
      returned += batch.documents.length;
      isDone = batch.isDone;
    }
    source.close();
  }
  return executionStats(returned, performance.now() - start, examined, plan);
}
