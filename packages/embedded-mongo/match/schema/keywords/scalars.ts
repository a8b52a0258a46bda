import { MongoError } from "../../../errors/mongo-error.ts";
import { remainder } from "../../../values/arithmetic.ts";
import { compareNumbers, isNumber } from "../../../values/compare-numbers.ts";
import { Document, type Value } from "../../../values/document.ts";
import { RegexValue } from "../../../values/scalars.ts";
import { compilePattern } from "../../regex/compile-pattern.ts";
import { booleanOperand, countOperand, numberOperand, textOperand } from "../operands.ts";
import { explanation, type Keyword, type Rule } from "../rule.ts";

const failing = (name: string, operand: Value, reason: string, test: Rule["test"]): Rule => ({
  test,
  explain: (value) =>
    explanation(name, operand, [
      ["reason", reason],
      ["consideredValue", value],
    ]),
});

/** `exclusiveMinimum: true` and `exclusiveMaximum: true` sharpen the limit that stands beside them. */
const limit = (name: string, exclusive: string, sign: 1 | -1): readonly Keyword[] => [
  {
    name,
    parse(operand, { siblings }) {
      const bound = numberOperand(name, operand);
      const beside = siblings.get(exclusive);
      const isExclusive = beside !== undefined && booleanOperand(exclusive, beside);
      const specified = isExclusive
        ? Document.from([
            [name, operand],
            [exclusive, true],
          ])
        : Document.from([[name, operand]]);
      return {
        test(value) {
          if (!isNumber(value)) return true;
          const order = compareNumbers(value, bound) * sign;
          return isExclusive ? order > 0 : order >= 0;
        },
        explain: (value) =>
          Document.from([
            ["operatorName", name],
            ["specifiedAs", specified],
            ["reason", "comparison failed"],
            ["consideredValue", value],
          ]),
      };
    },
  },
  {
    name: exclusive,
    parse(_operand, { siblings }) {
      if (siblings.has(name)) return undefined;
      throw new MongoError(
        "FailedToParse",
        `$jsonSchema keyword '${name}' must be a present if ${exclusive} is present`,
      );
    },
  },
];

const multipleOf: Keyword = {
  name: "multipleOf",
  parse(operand) {
    const divisor = numberOperand("multipleOf", operand);
    if (compareNumbers(divisor, 0) <= 0) {
      throw new MongoError("FailedToParse", "$jsonSchema keyword 'multipleOf' must have a positive value");
    }
    const reason = "considered value is not a multiple of the specified value";
    return failing(
      "multipleOf",
      operand,
      reason,
      (value) => !isNumber(value) || compareNumbers(remainder(value, divisor), 0) === 0,
    );
  },
};

/** Counted in code points. */
const textLength = (name: string, isMet: (length: number, bound: number) => boolean): Keyword => ({
  name,
  parse(operand) {
    const bound = countOperand(name, operand);
    const reason = "specified string length was not satisfied";
    return failing(name, operand, reason, (value) => typeof value !== "string" || isMet([...value].length, bound));
  },
});

const pattern: Keyword = {
  name: "pattern",
  parse(operand) {
    const compiled = compilePattern(new RegexValue(textOperand("pattern", operand), ""));
    const reason = "regular expression did not match";
    return failing("pattern", operand, reason, (value) => typeof value !== "string" || compiled.pattern.test(value));
  },
};

/** The keywords of numbers and strings (manual, "$jsonSchema", Available Keywords). */
export const scalarKeywords: readonly Keyword[] = [
  ...limit("minimum", "exclusiveMinimum", 1),
  ...limit("maximum", "exclusiveMaximum", -1),
  multipleOf,
  textLength("minLength", (length, bound) => length >= bound),
  textLength("maxLength", (length, bound) => length <= bound),
  pattern,
];
