import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { typeName } from "../expressions/values.ts";
import { Memory } from "../spill/memory.ts";
import { sizeOf } from "../spill/size-of.ts";
import { collect, flowOf } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";
import { stageList } from "./stage-list.ts";

// Manual, "$facet", Behavior.
const refused: ReadonlySet<string> = new Set([
  "$collStats",
  "$facet",
  "$geoNear",
  "$indexStats",
  "$out",
  "$merge",
  "$planCacheStats",
  "$documents",
  "$changeStream",
]);

/** `$facet`: several pipelines over the same documents, one document of their results. */
export const compileFacet: StageCompiler = (argument, context) => {
  if (!(argument instanceof Document) || argument.size === 0) {
    throw new MongoError(40169, "the $facet specification must be a non-empty object");
  }
  const facets = [...argument.fields()].map(([name, value]) => {
    if (name.startsWith("$") || name.includes(".") || name === "") {
      throw new MongoError(
        name.startsWith("$") ? 16410 : name === "" ? 40352 : 16412,
        `'${name}' is not a valid facet name`,
      );
    }
    if (!isArray(value))
      throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(value)}`);
    const stages = stageList(value);
    for (const stage of stages) {
      if (refused.has(stage.firstName ?? "")) {
        throw new MongoError(40600, `${stage.firstName} is not allowed to be used within a $facet stage`);
      }
    }
    return [name, context.compilePipeline(stages)] as const;
  });
  return {
    async *run(source) {
      const memory = new Memory(context, "$facet");
      const all: Document[] = [];
      for await (const batch of source) {
        for (const document of batch) memory.hold(sizeOf(document));
        all.push(...batch);
      }
      const result: (readonly [string, Value])[] = [];
      for (const [name, pipeline] of facets) result.push([name, await collect(pipeline.run(flowOf(all)))]);
      yield [Document.from(result)];
    },
  };
};
