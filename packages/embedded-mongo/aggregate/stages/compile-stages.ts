import { MongoError } from "../../errors/mongo-error.ts";
import type { Document } from "../../values/document.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { stageCompilers } from "./all-stages.ts";
import type { Stage } from "./stage.ts";

/** Compiles each stage and checks its place. @throws MongoError 40323, 40324, 40601, 40602 */
export function compileStages(stages: readonly Document[], context: PipelineContext): readonly Stage[] {
  return stages.map((stage, index) => {
    if (stage.size !== 1) {
      throw new MongoError(40323, "A pipeline stage specification object must contain exactly one field.");
    }
    const name = stage.firstName ?? "";
    const compile = stageCompilers.get(name);
    if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    const compiled = compile(stage.get(name) ?? null, context, name);
    if (compiled.isSource && index > 0) {
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline`);
    }
    if (compiled.isWriter && index < stages.length - 1) {
      throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    }
    return compiled;
  });
}
