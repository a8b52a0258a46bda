import type { Document, Value } from "../../values/document.ts";
import type { PipelineContext } from "../pipeline-context.ts";

/** Documents in batches of up to a few hundred. */
export type Flow = AsyncIterable<readonly Document[]>;

/** A compiled stage. */
export interface Stage {
  /** It makes its documents itself and must be first. */
  readonly isSource?: boolean;
  /** It writes a collection and must be last. */
  readonly isWriter?: boolean;
  /** Lazy; it ends its source when it is ended. */
  run(source: Flow): Flow;
}

/** Compiles the argument of one stage. @throws MongoError where it has the wrong shape */
export type StageCompiler = (argument: Value, context: PipelineContext, name: string) => Stage;
