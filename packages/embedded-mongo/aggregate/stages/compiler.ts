import type { QueryOptions } from "../../match/query-options.ts";
import { createCompiler } from "../expressions/compile-expression.ts";
import type { Compiler } from "../expressions/expression.ts";
import type { PipelineContext } from "../pipeline-context.ts";

/** The compiler of a pipeline's expressions. */
export function compilerOf({ now, clusterTime, collation, constants }: PipelineContext): Compiler {
  return createCompiler({ now, clusterTime, collation, constants });
}

/** What filters in a pipeline are compiled with. */
export function queryOptionsOf(context: PipelineContext): QueryOptions {
  const compiler = compilerOf(context);
  return {
    collation: context.collation,
    now: context.now,
    compileExpression: (value) => {
      const expression = compiler.compile(value);
      return (document) => expression(document, undefined);
    },
  };
}
