import { divide } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toArithmeticDecimal, toDouble } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { int32 } from "../../values/scalars.ts";
import type { Result } from "../expressions/expression.ts";
import { Sum } from "../expressions/sum.ts";
import { type Accumulator, type AccumulatorTable, of } from "./accumulator.ts";

/** `$sum`, `$avg`, and standard deviations. What is no number is left out. */
export const numberAccumulators: AccumulatorTable = {
  $sum: of(() => startSum()),
  $avg: of(() => startAverage()),
  $stdDevPop: of(() => startDeviation(0)),
  $stdDevSamp: of(() => startDeviation(1)),
};

export function startSum(): Accumulator {
  const sum = new Sum();
  return {
    add: (value) => {
      if (isNumber(value)) sum.add(value);
    },
    result: () => sum.total(),
  };
}

export function startAverage(): Accumulator {
  const sum = new Sum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      sum.add(value);
      count++;
    },
    result: () => (count === 0 ? null : average(sum.total(), count)),
  };
}

const average = (total: NumberValue, count: number): NumberValue =>
  total instanceof Decimal ? divide(total, toArithmeticDecimal(int32(count))) : toDouble(total) / count;

/** Welford's way, which loses no digits; decimals count as doubles (manual, "$stdDevPop"). */
export function startDeviation(freedom: 0 | 1): Accumulator {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      const number = toDouble(value);
      count++;
      const delta = number - mean;
      mean += delta / count;
      squares += delta * (number - mean);
    },
    result: (): Result => (count <= freedom ? null : Math.sqrt(squares / (count - freedom))),
  };
}
