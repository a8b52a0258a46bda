import { tmpdir } from "node:os";
import type { Result } from "../aggregate/expressions/expression.ts";
import { compilePipeline } from "../aggregate/pipeline.ts";
import type { Flow, PipelineContext } from "../aggregate/pipeline-context.ts";
import type { Collation } from "../collation/collation.ts";
import type { QueryOptions } from "../match/query-options.ts";
import type { Operation } from "../server/operation.ts";
import type { CollectionInfo, Namespace, Reader, Writer } from "../storage/store.ts";
import type { Document, Value } from "../values/document.ts";
import type { DateValue } from "../values/scalars.ts";
import { collectionStatistics } from "./collection-statistics.ts";
import { countFlow, onlyCounts } from "./count-flow.ts";
import { emptyCollection } from "./empty-collection.ts";
import { planLeading } from "./plan-leading.ts";
import { sourceFlow } from "./query-flow.ts";
import { resolveView } from "./resolve-view.ts";
import { runQuery } from "./run-query.ts";

/** What pipelines of one operation run in. */
export interface PipelineRoom {
  readonly reader: Reader;
  readonly operation: Operation;
  readonly now: DateValue;
  readonly constants: ReadonlyMap<string, Result>;
  readonly collation: Collation | undefined;
  readonly allowDiskUse: boolean;
  /** Options of a query over a collection. */
  optionsFor(info: CollectionInfo | undefined, constants: ReadonlyMap<string, Result>): QueryOptions;
  readonly write?: (<T>(work: (writer: Writer) => T) => Promise<T>) | undefined;
  readonly validate?: ((info: CollectionInfo, document: Document) => void) | undefined;
}

/** The documents of a pipeline over a collection or a view; its first stages use indexes. @throws MongoError for a malformed pipeline */
export function runPipeline(
  room: PipelineRoom,
  namespace: Namespace,
  stages: readonly Document[],
  hint?: Value,
  constants: ReadonlyMap<string, Result> = room.constants,
): Flow {
  const base = resolveView(room.reader, namespace);
  const all = [...base.stages, ...stages];
  const pipeline = compilePipeline(all, contextOf(room, base.namespace, constants));
  if (pipeline.isSource) return pipeline.run(nothing());
  const collection = room.reader.open(base.namespace);
  const options = room.optionsFor(collection?.info, constants);
  const leading = planLeading(pipeline.leading, hint, collection?.info ?? emptyCollection, options);
  if (!collection) return pipeline.run(nothing(), leading.done);
  const { skip, limit, query } = leading;
  const { operation } = room;
  if (limit === undefined && onlyCounts(all[leading.done])) {
    return pipeline.run(countFlow(collection, query, operation), leading.done);
  }
  const source = sourceFlow(() => runQuery(collection, query, { skip, limit, operation, release() {} }));
  return pipeline.run(source, leading.done);
}

/** The context of a pipeline, for those that compile it themselves. */
export function contextOf(
  room: PipelineRoom,
  namespace: Namespace,
  constants: ReadonlyMap<string, Result> = room.constants,
): PipelineContext {
  const { reader, operation, now, collation, allowDiskUse, write, validate } = room;
  return {
    namespace,
    now,
    constants,
    collation,
    allowDiskUse,
    temporaryDirectory: tmpdir(),
    check: () => operation.check(),
    pause: () => operation.pause(),
    read: (other, stages, own) => runPipeline(room, other, stages, undefined, own ?? constants),
    info: (other) => reader.info(other),
    statistics: (other) => collectionStatistics(reader, other, 1),
    write,
    validate,
  };
}

async function* nothing(): Flow {}
