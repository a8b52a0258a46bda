import { MongoError } from "../../errors/mongo-error.ts";
import { Int32, int32 } from "../../values/scalars.ts";
import { unary, variadic } from "./arguments.ts";
import type { Operator, OperatorTable, Result } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** `$bitAnd`, `$bitOr`, `$bitXor` and `$bitNot`, on ints and longs (manual, "Bitwise Operators"). */
export const bitwiseOperators: OperatorTable = {
  $bitAnd: combining(-1, (a, b) => a & b),
  $bitOr: combining(0, (a, b) => a | b),
  $bitXor: combining(0, (a, b) => a ^ b),
  $bitNot: unary((value) => {
    if (isNullish(value)) return null;
    if (value instanceof Int32) return int32(~value.value);
    if (typeof value === "bigint") return ~value;
    throw new MongoError("TypeMismatch", `$bitNot only supports int and long, not: ${typeName(value)}.`);
  }),
};

function combining(start: number, apply: (a: bigint, b: bigint) => bigint): Operator {
  return variadic((values, name) => {
    if (values.some((value) => !isNullish(value) && !isInteger(value))) {
      throw new MongoError("TypeMismatch", `${name} only supports int and long operands.`);
    }
    let result = BigInt(start);
    let isLong = false;
    for (const value of values) {
      if (typeof value === "bigint") {
        isLong = true;
        result = apply(result, value);
      } else if (value instanceof Int32) result = apply(result, BigInt(value.value));
      else return null;
    }
    return isLong ? result : int32(Number(result));
  });
}

const isInteger = (value: Result): boolean => typeof value === "bigint" || value instanceof Int32;
