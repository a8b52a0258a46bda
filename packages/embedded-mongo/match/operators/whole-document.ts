import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble, toInteger } from "../../values/convert-numbers.ts";
import { isTruthy } from "./element.ts";
import type { RootOperator } from "./operator.ts";

const exprOperator: RootOperator = {
  name: "$expr",
  parse(operand, { options }) {
    if (!options.compileExpression) throw new MongoError("BadValue", "$expr is not allowed in this context");
    const evaluate = options.compileExpression(operand);
    return { kind: "whole", name: "$expr", argument: operand, test: (document) => isTruthy(evaluate(document)) };
  },
};

const commentOperator: RootOperator = { name: "$comment", parse: () => undefined };

const whereOperator: RootOperator = {
  name: "$where",
  parse() {
    throw new MongoError("BadValue", "$where is not supported: this server runs no JavaScript of a client; use $expr");
  },
};

const sampleRateOperator: RootOperator = {
  name: "$sampleRate",
  parse(operand) {
    if (!isNumber(operand)) throw new MongoError("BadValue", "argument to $sampleRate must be a numeric type");
    const rate = toDouble(operand);
    if (!(rate >= 0 && rate <= 1))
      throw new MongoError("BadValue", "numeric argument to $sampleRate must be in [0, 1]");
    if (rate === 1) return { kind: "always" };
    if (rate === 0) return { kind: "never" };
    return { kind: "whole", name: "$sampleRate", argument: operand, test: () => Math.random() < rate };
  },
};

const constant = (name: string, kind: "always" | "never"): RootOperator => ({
  name,
  parse(operand) {
    if (!isNumber(operand) || toInteger(operand) !== 1n) {
      throw new MongoError("FailedToParse", `${name} must be an integer value of 1`);
    }
    return { kind };
  },
});

/** `$expr`, `$comment`, `$sampleRate`, `$alwaysTrue`, `$alwaysFalse` and the refusal of `$where` (manual, "Query Predicates"). */
export const wholeDocumentOperators: readonly RootOperator[] = [
  exprOperator,
  commentOperator,
  whereOperator,
  sampleRateOperator,
  constant("$alwaysTrue", "always"),
  constant("$alwaysFalse", "never"),
];
