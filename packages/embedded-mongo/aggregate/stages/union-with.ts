import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { typeName } from "../expressions/values.ts";
import type { Flow } from "../pipeline-context.ts";
import { flowOf } from "./flow.ts";
import type { StageCompiler, StageContext } from "./stage.ts";
import { stageList } from "./stage-list.ts";

/** `$unionWith`: the documents of another collection, after a pipeline, behind those that come. */
export const compileUnionWith: StageCompiler = (argument, context) => {
  const { collection, stages } = readUnion(argument);
  for (const { firstName: name } of stages) {
    if (name === "$out" || name === "$merge") {
      throw new MongoError(31441, `${name} is not allowed within a $unionWith's sub-pipeline`);
    }
  }
  return {
    async *run(source) {
      yield* source;
      yield* open(collection, stages, context);
    },
  };
};

function open(collection: string | undefined, stages: readonly Document[], context: StageContext): Flow {
  if (collection === undefined) return context.compilePipeline(stages).run(flowOf([]));
  return context.read({ database: context.namespace.database, collection }, stages, context.constants);
}

function readUnion(argument: Value): { readonly collection: string | undefined; readonly stages: readonly Document[] } {
  if (typeof argument === "string") return { collection: argument, stages: [] };
  if (!(argument instanceof Document)) {
    throw new MongoError(
      "FailedToParse",
      `the $unionWith stage specification must be an object or string, but found ${typeName(argument)}`,
    );
  }
  for (const name of argument.fields().keys()) {
    if (name !== "coll" && name !== "pipeline") {
      throw new MongoError(40415, `BSON field '$unionWith.${name}' is an unknown field.`);
    }
  }
  const collection = argument.get("coll");
  const pipeline = argument.get("pipeline") ?? [];
  if (collection !== undefined && typeof collection !== "string") {
    throw new MongoError(
      "TypeMismatch",
      `BSON field '$unionWith.coll' is the wrong type '${typeName(collection)}', expected type 'string'`,
    );
  }
  if (!isArray(pipeline)) {
    throw new MongoError(
      "TypeMismatch",
      `BSON field '$unionWith.pipeline' is the wrong type '${typeName(pipeline)}', expected type 'array'`,
    );
  }
  const stages = stageList(pipeline);
  if (collection === undefined && stages[0]?.firstName !== "$documents") {
    throw new MongoError(
      "FailedToParse",
      "$unionWith stage without explicit collection must have a pipeline with $documents as first stage",
    );
  }
  return { collection, stages };
}
