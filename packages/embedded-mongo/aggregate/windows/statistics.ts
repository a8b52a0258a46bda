import { MongoError } from "../../errors/mongo-error.ts";
import { add, divide, multiply, subtract } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toArithmeticDecimal, toDouble } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { int32 } from "../../values/scalars.ts";
import type { Result } from "../expressions/expression.ts";
import { asInteger } from "../expressions/values.ts";
import { needOrder } from "./ranking.ts";
import type { WindowCompiler, WindowContext, WindowFunction, WindowTable } from "./window-function.ts";

/** `$covariancePop`, `$covarianceSamp` and `$expMovingAvg`. */
export const statisticsFunctions: WindowTable = {
  $covariancePop: covariance(0),
  $covarianceSamp: covariance(1),
  $expMovingAvg: compileMovingAverage,
};

function covariance(freedom: 0 | 1): WindowCompiler {
  return (argument, { compiler }) => {
    const input = compiler.compile(argument);
    return ({ documents, windowOf }) => {
      const pairs = documents.map((document) => pairOf(input(document, undefined)));
      return documents.map((_, index) => covarianceOf(pairs.slice(...windowOf(index)), freedom));
    };
  };
}

function pairOf(value: Result): readonly [number, number] | undefined {
  if (!isArray(value) || value.length !== 2) return undefined;
  const [x = null, y = null] = value;
  return isNumber(x) && isNumber(y) ? [toDouble(x), toDouble(y)] : undefined;
}

function covarianceOf(pairs: readonly (readonly [number, number] | undefined)[], freedom: 0 | 1): Result {
  let [count, meanX, meanY, sum] = [0, 0, 0, 0];
  for (const pair of pairs) {
    if (!pair) continue;
    const [x, y] = pair;
    count++;
    const dx = x - meanX;
    meanX += dx / count;
    meanY += (y - meanY) / count;
    sum += dx * (y - meanY);
  }
  return count <= freedom ? null : sum / (count - freedom);
}

function compileMovingAverage(argument: Value, context: WindowContext): WindowFunction {
  needOrder(context, "$expMovingAvg");
  if (context.bounds) throw new MongoError("FailedToParse", "$expMovingAvg does not accept a 'window' field");
  if (!(argument instanceof Document) || argument.size !== 2 || !argument.has("input")) {
    throw new MongoError(
      "FailedToParse",
      "$expMovingAvg sub object must have exactly two fields: An 'input' field, and either an 'N' field or an 'alpha' field",
    );
  }
  const weight = weightOf(argument);
  const input = context.compiler.compile(argument.get("input") ?? null);
  const rest = subtract(toArithmeticDecimal(int32(1)), weight);
  // Worked out as decimals, whatever the numbers are.
  const mix = (value: NumberValue, average: NumberValue): NumberValue => {
    const mixed = add(multiply(value, weight), multiply(average, rest));
    return value instanceof Decimal || average instanceof Decimal ? mixed : toDouble(mixed);
  };
  return ({ documents }) => {
    let average: NumberValue | undefined;
    return documents.map((document) => {
      const value = input(document, undefined);
      if (isNumber(value)) average = average === undefined ? value : mix(value, average);
      return average ?? null;
    });
  };
}

/** How much the newest value counts: alpha, or 2 / (N + 1). */
function weightOf(argument: Document): NumberValue {
  const [n, alpha] = [argument.get("N"), argument.get("alpha")];
  if (n !== undefined) {
    const count = asInteger(n);
    if (count === undefined || count <= 0) {
      throw new MongoError("FailedToParse", "'N' field must be an integer greater than zero");
    }
    return divide(toArithmeticDecimal(int32(2)), int32(count + 1));
  }
  if (!isNumber(alpha) || toDouble(alpha) <= 0 || toDouble(alpha) >= 1) {
    throw new MongoError("FailedToParse", "'alpha' must be between 0 and 1 (exclusive)");
  }
  return toArithmeticDecimal(alpha);
}
