import type { Document } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import type { Update, UpdateOptions } from "./compiled-update.ts";
import { compileOperators } from "./operator-update.ts";
import { compilePipelineUpdate } from "./pipeline-update.ts";
import { compileReplacement } from "./replacement-update.ts";

/** Compiles an update (manual, "Update Operators", "Updates with Aggregation Pipeline"). @throws MongoError as MongoDB does for a malformed one */
export function compileUpdate(update: Document | readonly Document[], options: UpdateOptions): Update {
  if (isPipeline(update)) return compilePipelineUpdate(update, options);
  return update.firstName?.startsWith("$") ? compileOperators(update, options) : compileReplacement(update);
}

const isPipeline = (update: Document | readonly Document[]): update is readonly Document[] => isArray(update);
