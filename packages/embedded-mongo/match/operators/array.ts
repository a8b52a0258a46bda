import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { MatchExpression } from "../expression.ts";
import { parseEquality } from "./comparison.ts";
import { isReference } from "./membership.ts";
import { all, type FieldOperator, type ParseContext } from "./operator.ts";

/** `$elemMatch` (manual, "$elemMatch (query)"): one element meets everything. */
export const elemMatchOperator: FieldOperator = {
  name: "$elemMatch",
  parse(path, operand, context) {
    if (!(operand instanceof Document)) throw new MongoError("BadValue", "$elemMatch needs an Object");
    const ofValues = isOfValues(operand);
    const child = ofValues ? context.predicates("", operand) : context.filter(operand);
    return { kind: "elemMatch", path, child, ofValues };
  },
};

const rootOperators: ReadonlySet<string> = new Set([
  "$and",
  "$or",
  "$nor",
  "$where",
  "$expr",
  "$jsonSchema",
  "$comment",
]);

/** Whether the elements themselves are tested: the condition begins with an operator of fields. */
function isOfValues(condition: Document): boolean {
  const first = condition.firstName;
  return first?.startsWith("$") === true && !rootOperators.has(first) && !isReference(condition);
}

/** `$all` (manual, "$all"): each value is found, or each `$elemMatch` met. */
export const allOperator: FieldOperator = {
  name: "$all",
  parse(path, operand, context) {
    if (!isArray(operand)) throw new MongoError("BadValue", "$all needs an array");
    if (operand.length === 0) return { kind: "never" };
    const areElemMatches = isElemMatch(operand[0]);
    return all(operand.map((item) => parseItem(path, item, areElemMatches, context)));
  },
};

function parseItem(path: string, item: Value, areElemMatches: boolean, context: ParseContext): MatchExpression {
  if (areElemMatches) {
    if (!(item instanceof Document)) throw new MongoError("BadValue", "$all/$elemMatch has to be consistent");
    if (!isElemMatch(item)) throw new MongoError("BadValue", "$all/$elemMatch has to be consistent");
    return context.predicates(path, item);
  }
  if (item instanceof Document && item.firstName?.startsWith("$") && !isReference(item)) {
    throw new MongoError("BadValue", "no $ expressions in $all");
  }
  return parseEquality(path, item);
}

const isElemMatch = (item: Value | undefined): boolean => item instanceof Document && item.firstName === "$elemMatch";
