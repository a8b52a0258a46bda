import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { flowOf } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$planCacheStats`: no document, as no plan is ever kept (manual, "$planCacheStats"). */
export const compilePlanCacheStats: StageCompiler = (argument) => {
  if (!(argument instanceof Document) || [...argument.fields().keys()].some((name) => name !== "allHosts"))
    throw new MongoError("FailedToParse", "$planCacheStats value must be an object without options but allHosts");
  return { isSource: true, run: () => flowOf([]) };
};
