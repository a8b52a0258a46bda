import type { Document, Value } from "../../values/document.ts";
import type { Result } from "../expressions/expression.ts";
import type { Flow, PipelineContext } from "../pipeline-context.ts";

/** A compiled stage. */
export interface Stage {
  /** It makes its documents itself and must be first. */
  readonly isSource?: boolean;
  /** It must be first, and reads its source. */
  readonly isFirst?: boolean;
  /** It writes a collection and must be last. */
  readonly isWriter?: boolean;
  /** Lazy; it ends its source when it is ended. */
  run(source: Flow): Flow;
}

/** What a stage is compiled with: the pipeline's context, and the compiler of pipelines for stages that hold some. */
export interface StageContext extends PipelineContext {
  compilePipeline(stages: readonly Document[]): Pick<Stage, "run">;
  /** The same context for an inner pipeline that has these variables. */
  withConstants(constants: ReadonlyMap<string, Result>): StageContext;
}

/** Compiles the argument of one stage. @throws MongoError where it has the wrong shape */
export type StageCompiler = (argument: Value, context: StageContext, name: string) => Stage;
