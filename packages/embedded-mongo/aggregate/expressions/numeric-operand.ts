import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { unary } from "./arguments.ts";
import type { Operator } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** An operator of one number: null for nullish. @throws MongoError 28765 for what is no number */
export const numeric = (apply: (value: NumberValue, name: string) => NumberValue): Operator =>
  unary((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumber(value)) {
      throw new MongoError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    }
    return apply(value, name);
  });

/** An operator of one number that works on decimals as decimals, and on all others as doubles. */
export const real = (
  ofDouble: (value: number, name: string) => number,
  ofDecimal: (value: Decimal, name: string) => Decimal,
): Operator =>
  numeric((value, name) => (value instanceof Decimal ? ofDecimal(value, name) : ofDouble(toDouble(value), name)));
