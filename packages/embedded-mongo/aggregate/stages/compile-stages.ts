import { MongoError } from "../../errors/mongo-error.ts";
import type { Document } from "../../values/document.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { stageCompilers } from "./all-stages.ts";
import { readCount } from "./paging.ts";
import { sortStage } from "./sort.ts";
import type { Stage, StageContext } from "./stage.ts";

/** Compiles each stage and checks its place. @throws MongoError 40323, 40324, 40601, 40602 */
export function compileStages(stages: readonly Document[], context: PipelineContext): readonly Stage[] {
  const inner = innerContext(context);
  return stages.map((stage, index) => {
    const compiled = compileStage(stage, stages.slice(index + 1), inner);
    const name = stage.firstName ?? "";
    if (compiled.isFirst && index > 0) {
      throw new MongoError(40603, `${name} was not the first stage in the pipeline.`);
    }
    if (compiled.isSource && index > 0) {
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline`);
    }
    if (compiled.isWriter && index < stages.length - 1) {
      throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    }
    return compiled;
  });
}

function innerContext(context: PipelineContext): StageContext {
  return {
    ...context,
    compilePipeline: (list) => {
      const compiled = compileStages(list, context);
      return { run: (source) => compiled.reduce((flow, stage) => stage.run(flow), source) };
    },
    withConstants: (constants) => innerContext({ ...context, constants }),
  };
}

function compileStage(stage: Document, following: readonly Document[], context: StageContext): Stage {
  if (stage.size !== 1) {
    throw new MongoError(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  const name = stage.firstName ?? "";
  const argument = stage.get(name) ?? null;
  if (name === "$sort") return sortStage(argument, context, wantedOf(following));
  const compile = stageCompilers.get(name);
  if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(argument, context, name);
}

/** How many documents the `$limit` behind a stage lets pass, with those that a `$skip` between them drops. */
function wantedOf([first, second]: readonly Document[]): number | undefined {
  const skip = first?.get("$skip");
  const limit = (skip === undefined ? first : second)?.get("$limit");
  if (limit === undefined) return undefined;
  return readCount(limit, "$limit", 5107201) + (skip === undefined ? 0 : readCount(skip, "$skip", 5107200));
}
