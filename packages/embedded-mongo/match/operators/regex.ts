import { MongoError } from "../../errors/mongo-error.ts";
import type { Document, Value } from "../../values/document.ts";
import { RegexValue } from "../../values/scalars.ts";
import type { MatchExpression } from "../expression.ts";
import { compilePattern } from "../regex/compile-pattern.ts";
import type { FieldOperator } from "./operator.ts";

/** A field that a regular expression matches. @throws MongoError 51091 for a pattern that is invalid or not supported */
export function parseRegexValue(path: string, value: RegexValue): MatchExpression {
  return { kind: "regex", path, value, ...compilePattern(value) };
}

/** `$regex` with its `$options` (manual, "$regex"). */
export const regexOperator: FieldOperator = {
  name: "$regex",
  parse(path, operand, _context, siblings) {
    const options = optionsOf(siblings);
    if (operand instanceof RegexValue) {
      if (options !== undefined && operand.options !== "") {
        throw new MongoError(51075, "options set in both $regex and $options");
      }
      return parseRegexValue(path, new RegexValue(operand.pattern, options ?? operand.options));
    }
    if (typeof operand !== "string") throw new MongoError("BadValue", "$regex has to be a string");
    return parseRegexValue(path, new RegexValue(operand, options ?? ""));
  },
};

function optionsOf(siblings: Document): string | undefined {
  const options: Value | undefined = siblings.get("$options");
  if (options === undefined) return undefined;
  if (typeof options !== "string") throw new MongoError("BadValue", "$options has to be a string");
  return [...options].sort().join("");
}

/** `$options` alone says nothing. */
export const regexOptionsOperator: FieldOperator = {
  name: "$options",
  parse(_path, _operand, _context, siblings) {
    if (!siblings.has("$regex")) throw new MongoError("BadValue", "$options needs a $regex");
    return undefined;
  },
};
