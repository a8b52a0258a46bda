import { MongoError } from "../../errors/mongo-error.ts";
import { Int32, int32 } from "../../values/scalars.ts";
import { untilNull } from "./arguments.ts";
import type { Operator, OperatorTable } from "./expression.ts";
import { numeric } from "./numeric-operand.ts";
import { isNullish, typeName } from "./values.ts";

/** `$bitAnd`, `$bitOr`, `$bitXor` and `$bitNot`, on ints and longs (manual, "Bitwise Operators"). */
export const bitwiseOperators: OperatorTable = {
  $bitAnd: combining(-1, (a, b) => a & b),
  $bitOr: combining(0, (a, b) => a | b),
  $bitXor: combining(0, (a, b) => a ^ b),
  $bitNot: numeric((value) => {
    if (value instanceof Int32) return int32(~value.value);
    if (typeof value === "bigint") return ~value;
    throw new MongoError("TypeMismatch", `$bitNot only supports int and long, not: ${typeName(value)}.`);
  }),
};

function combining(start: number, apply: (a: bigint, b: bigint) => bigint): Operator {
  return untilNull((values, name) => {
    let result = BigInt(start);
    let isLong = false;
    for (const value of values) {
      if (typeof value === "bigint") {
        isLong = true;
        result = apply(result, value);
      } else if (value instanceof Int32) result = apply(result, BigInt(value.value));
      else if (isNullish(value)) return null;
      else throw new MongoError("TypeMismatch", `${name} only supports int and long operands.`);
    }
    return isLong ? result : int32(Number(result));
  });
}
