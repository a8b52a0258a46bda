import { tmpdir } from "node:os";
import type { Document } from "../../values/document.ts";
import { emptyDocument } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";
import { compilePipeline } from "../pipeline.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { collect, flowOf } from "../stages/flow.ts";

/** A context whose collections are lists; what a test says replaces the rest. */
function memoryContext(
  collections: Readonly<Record<string, readonly Document[]>>,
  changes: Partial<PipelineContext> = {},
): PipelineContext {
  const context: PipelineContext = {
    namespace: { database: "test", collection: "c" },
    now: new DateValue(0),
    allowDiskUse: true,
    temporaryDirectory: tmpdir(),
    check() {},
    pause: () => undefined,
    read: (namespace, stages, constants) =>
      compilePipeline(stages, { ...context, namespace, constants: constants ?? context.constants }).run(
        flowOf(collections[namespace.collection] ?? []),
      ),
    info: () => undefined,
    statistics: () => emptyDocument,
    ...changes,
  };
  return context;
}

/** What a pipeline makes of the documents of collection `c`. */
export async function runPipeline(
  stages: readonly Document[],
  collections: Readonly<Record<string, readonly Document[]>>,
  changes: Partial<PipelineContext> = {},
): Promise<Document[]> {
  const context = memoryContext(collections, changes);
  const { collection } = context.namespace;
  return collect(compilePipeline(stages, context).run(flowOf(collections[collection] ?? [])));
}
