import { MongoError } from "../../errors/mongo-error.ts";
import type { Value } from "../../values/document.ts";
import { bsonUndefined, RegexValue } from "../../values/scalars.ts";
import type { CompareOperator, MatchExpression } from "../expression.ts";
import type { FieldOperator } from "./operator.ts";
import { parseRegexValue } from "./regex.ts";

/** `{ path: value }`: a regular expression matches strings, everything else is compared. */
export function parseEquality(path: string, value: Value): MatchExpression {
  return value instanceof RegexValue ? parseRegexValue(path, value) : compare("$eq", path, value);
}

function compare(operator: CompareOperator, path: string, value: Value): MatchExpression {
  if (value === bsonUndefined) throw new MongoError("BadValue", "cannot compare to undefined");
  return { kind: "compare", path, operator, value };
}

const comparison = (name: CompareOperator): FieldOperator => ({
  name,
  parse(path, operand) {
    if (operand instanceof RegexValue && name !== "$eq") {
      throw new MongoError("BadValue", `Can't have RegEx as arg to predicate over field '${path}'.`);
    }
    return compare(name, path, operand);
  },
});

const notEqual: FieldOperator = {
  name: "$ne",
  parse(path, operand) {
    if (operand instanceof RegexValue) throw new MongoError("BadValue", "Can't have regex as arg to $ne.");
    return { kind: "not", child: compare("$eq", path, operand) };
  },
};

/** `$eq $ne $gt $gte $lt $lte` (manual, "Comparison Query Operators"). A regular expression given to `$eq` is compared, not matched. */
export const comparisonOperators: readonly FieldOperator[] = [
  comparison("$eq"),
  notEqual,
  comparison("$gt"),
  comparison("$gte"),
  comparison("$lt"),
  comparison("$lte"),
];
