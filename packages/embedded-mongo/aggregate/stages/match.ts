import { MongoError } from "../../errors/mongo-error.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { Document } from "../../values/document.ts";
import { queryOptionsOf } from "./compiler.ts";
import { eachDocument } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$match`: find's filters, without those that need an index of their own. */
export const compileMatch: StageCompiler = (argument, context) => {
  if (!(argument instanceof Document))
    throw new MongoError(15959, "the match filter must be an expression in an object");
  const options = queryOptionsOf(context);
  const matcher = compileMatcher(parseFilter(argument, options), options);
  return eachDocument((document) => (matcher.matches(document) ? document : undefined));
};
