import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { identicalValues } from "../values/identical.ts";
import type { Update, UpdateOptions } from "./compiled-update.ts";
import { describeChange } from "./describe-change.ts";
import { withIdOf, withNewId } from "./immutable-id.ts";
import { upsertDocument } from "./upsert-document.ts";

// Manual, "Updates with Aggregation Pipeline".
const allowedStages: ReadonlySet<string> = new Set([
  "$addFields",
  "$set",
  "$project",
  "$unset",
  "$replaceRoot",
  "$replaceWith",
]);

/** An update by a pipeline of stages that work on one document. @throws MongoError InvalidOptions, FailedToParse and the stages' own */
export function compilePipelineUpdate(stages: readonly Document[], options: UpdateOptions): Update {
  if (options.arrayFilters && options.arrayFilters.length > 0) {
    throw new MongoError("FailedToParse", "arrayFilters may not be specified for pipeline-syle updates");
  }
  for (const stage of stages) {
    const name = stage.firstName ?? "";
    if (!allowedStages.has(name)) {
      throw new MongoError("InvalidOptions", `${name} is not allowed to be used within an update`);
    }
  }
  if (!options.runPipeline) throw new MongoError("FailedToParse", "A pipeline is not allowed in this context");
  const run = options.runPipeline(stages);
  return {
    kind: "pipeline",
    apply(document) {
      const after = withIdOf(document, run(document));
      return identicalValues(after, document) ? undefined : { after, description: describeChange(document, after) };
    },
    onInsert(filter, newId) {
      const document = upsertDocument(filter);
      return withNewId(withIdOf(document, run(document)), newId);
    },
  };
}
