import { MongoError } from "../../errors/mongo-error.ts";
import type { MatchExpression } from "../../match/expression.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import type { Document } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { DateValue } from "../../values/scalars.ts";

/** What the filter of a partial index may say (manual, "Partial Indexes"). @throws MongoError CannotCreateIndex and those of filters */
export function checkPartialFilter(filter: Document): void {
  const expression = parseFilter(filter, { now: new DateValue(0) });
  if (!isAllowed(expression)) {
    throw new MongoError("CannotCreateIndex", `Expression not supported in partial index: ${formatValue(filter)}`);
  }
}

function isAllowed(expression: MatchExpression): boolean {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.children.every(isAllowed);
    case "compare":
    case "exists":
    case "always":
    case "never":
      return true;
    case "in":
      return expression.patterns.length === 0;
    case "test":
      return expression.name === "$type";
    case "geo":
      return expression.operator === "$geoWithin" || expression.operator === "$geoIntersects";
    default:
      return false;
  }
}
