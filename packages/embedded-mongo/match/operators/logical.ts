import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { RegexValue } from "../../values/scalars.ts";
import type { MatchExpression } from "../expression.ts";
import type { FieldOperator, ParseContext, RootOperator } from "./operator.ts";
import { parseRegexValue } from "./regex.ts";

function parseBranches(operand: Value, name: string, context: ParseContext): readonly MatchExpression[] {
  if (!isArray(operand)) throw new MongoError("BadValue", `${name} must be an array`);
  if (operand.length === 0) throw new MongoError("BadValue", "$and/$or/$nor must be a nonempty array");
  return operand.map((branch) => {
    if (branch instanceof Document) return context.filter(branch);
    throw new MongoError("BadValue", "$or/$and/$nor entries need to be full objects");
  });
}

const logical = (kind: "and" | "or" | "nor"): RootOperator => ({
  name: `$${kind}`,
  parse: (operand, context) => ({ kind, children: parseBranches(operand, `$${kind}`, context) }),
});

/** `$and`, `$or` and `$nor` (manual, "Logical Query Operators"). */
export const logicalOperators: readonly RootOperator[] = [logical("and"), logical("or"), logical("nor")];

/** `$not` of a field's operators or of a regular expression (manual, "$not"). */
export const notOperator: FieldOperator = {
  name: "$not",
  parse(path, operand, context) {
    if (operand instanceof RegexValue) return { kind: "not", child: parseRegexValue(path, operand) };
    if (!(operand instanceof Document)) throw new MongoError("BadValue", "$not needs a regex or a document");
    if (operand.size === 0) throw new MongoError("BadValue", "$not cannot be empty");
    return { kind: "not", child: context.predicates(path, operand) };
  },
};
