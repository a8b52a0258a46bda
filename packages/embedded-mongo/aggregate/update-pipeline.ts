import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { createCompiler } from "./expressions/compile-expression.ts";
import type { ExpressionOptions } from "./expressions/expression.ts";
import { transformCompilers } from "./project/transforms.ts";

/**
 * Compiles the pipeline of an update, which may hold `$addFields`, `$set`, `$project`, `$unset`, `$replaceRoot` and `$replaceWith` (manual,
 * "Updates with Aggregation Pipeline"), to a function of one document.
 * @throws MongoError InvalidOptions for other stages, 40324 for unknown ones, and what the stages say of their arguments
 */
export function compileUpdatePipeline(
  stages: readonly Document[],
  options: ExpressionOptions,
): (document: Document) => Document {
  const compiler = createCompiler(options);
  const transforms = stages.map((stage) => {
    const name = stage.firstName ?? "";
    if (stage.size !== 1) {
      throw new MongoError(40323, "A pipeline stage specification object must contain exactly one field.");
    }
    const compile = transformCompilers.get(name);
    if (!compile) throw new MongoError("InvalidOptions", `${name} is not allowed to be used within an update`);
    return compile(stage.get(name) ?? null, compiler);
  });
  return (document) => transforms.reduce((current, transform) => transform(current, undefined), document);
}
