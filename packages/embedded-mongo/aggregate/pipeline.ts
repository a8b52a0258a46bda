import type { Document } from "../values/document.ts";
import type { Flow, PipelineContext } from "./pipeline-context.ts";
import { compileStages } from "./stages/compile-stages.ts";
import { compilerOf } from "./stages/compiler.ts";
import { limitEarly } from "./stages/early-limits.ts";
import { withImpliedFilter } from "./stages/indexable-match.ts";

/** A compiled pipeline. */
export interface Pipeline {
  /** The first `$match`, `$sort`, `$skip`, `$limit` and `$project` stages, which a query plan may do in the pipeline's place. */
  readonly leading: readonly Document[];
  /** Whether the first stage makes its documents itself: `$documents`, `$collStats`. Its source is then not read. */
  readonly isSource: boolean;
  /** The namespace that `$out` or `$merge` writes to, when the pipeline ends in one. */
  readonly writes: boolean;
  /** Carries the stages out, after the first `done` of the leading ones, over batches of documents. Lazy; stopping early cleans up. */
  run(source: Flow, done?: number): Flow;
}

/**
 * Compiles the stages of a pipeline (manual, "Aggregation Stages").
 * @throws MongoError 40324 for an unknown stage, 40601 and its like for a stage in a place where it may not be
 */
export function compilePipeline(given: readonly Document[], context: PipelineContext): Pipeline {
  const stages = limitEarly(given);
  const compiled = compileStages(stages, context);
  const compiler = compilerOf(context);
  const leading = stages.slice(0, countLeading(stages)).map((stage) => withImpliedFilter(stage, compiler));
  return {
    leading,
    isSource: compiled[0]?.isSource ?? false,
    writes: compiled.at(-1)?.isWriter ?? false,
    run: (source, done = 0) => compiled.slice(done).reduce((flow, stage) => stage.run(flow), watched(source, context)),
  };
}

/** Stops when the operation has to, and lets others run. */
async function* watched(source: Flow, context: PipelineContext): Flow {
  for await (const batch of source) {
    context.check();
    yield batch;
    await context.pause();
  }
}

const plannable: ReadonlySet<string> = new Set(["$match", "$sort", "$skip", "$limit", "$project"]);

function countLeading(stages: readonly Document[]): number {
  const end = stages.findIndex((stage) => !plannable.has(stage.firstName ?? ""));
  return end < 0 ? stages.length : end;
}
