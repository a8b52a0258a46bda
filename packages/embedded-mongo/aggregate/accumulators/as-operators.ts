import { isArray } from "../../values/encode.ts";
import { operandsOf } from "../expressions/arguments.ts";
import type { Compiler, Operator, OperatorTable } from "../expressions/expression.ts";
import type { Accumulator } from "./accumulator.ts";
import { startExtreme } from "./choosing.ts";
import { startAverage, startDeviation, startSum } from "./numbers.ts";

/** Accumulators that are operators, too: over several operands, or over the elements of one array. */
export const accumulatorOperators: OperatorTable = {
  $sum: over(startSum),
  $avg: over(startAverage),
  $stdDevPop: over(() => startDeviation(0)),
  $stdDevSamp: over(() => startDeviation(1)),
  $min: over((compiler) => startExtreme(compiler, -1)),
  $max: over((compiler) => startExtreme(compiler, 1)),
};

function over(start: (compiler: Compiler) => Accumulator): Operator {
  return (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, 0, Number.POSITIVE_INFINITY);
    const [only] = operands;
    return (document, variables) => {
      const accumulator = start(compiler);
      if (only && operands.length === 1) {
        const value = only(document, variables);
        if (isArray(value)) for (const item of value) accumulator.add(item);
        else accumulator.add(value);
      } else for (const operand of operands) accumulator.add(operand(document, variables));
      return accumulator.result();
    };
  };
}
