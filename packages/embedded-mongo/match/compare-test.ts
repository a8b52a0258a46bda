import type { Collation } from "../collation/collation.ts";
import { compareValues } from "../values/compare.ts";
import { compareNumbers, isNumber } from "../values/compare-numbers.ts";
import { Decimal } from "../values/decimal.ts";
import type { Value } from "../values/document.ts";
import { Int32, maxKey, minKey, SymbolValue } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";
import type { CompareOperator, FieldTest } from "./expression.ts";

type Meets = (order: number) => boolean;

const meets: Readonly<Record<CompareOperator, Meets>> = {
  $eq: (order) => order === 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
};

/**
 * The test of one value. Values of another type never compare (manual, "Comparison/Sort Order", Type Bracketing), but for MinKey and MaxKey; null is
 * equal to a field that is missing, and NaN to NaN only.
 */
export function compareTest(operator: CompareOperator, operand: Value, collation: Collation | undefined): FieldTest {
  const isMet = meets[operator];
  if (operand === null) return isMet(0) ? (value) => value === null || value === undefined : () => false;
  if (operand === minKey || operand === maxKey) return extremeTest(operator, operand);
  if (isNumber(operand)) return numberTest(operator, operand);
  if (typeof operand === "string" && operator === "$eq" && !collation) {
    return (value) => value === operand || (value instanceof SymbolValue && value.text === operand);
  }
  const { rank } = typeOf(operand);
  const strings = collation?.compare;
  return (value) => value !== undefined && typeOf(value).rank === rank && isMet(compareValues(value, operand, strings));
}

function extremeTest(operator: CompareOperator, operand: Value): FieldTest {
  const isMet = meets[operator];
  const toOthers = operand === minKey ? 1 : -1;
  return (value) => (value === operand ? isMet(0) : operator !== "$eq" && isMet(toOthers));
}

function numberTest(operator: CompareOperator, operand: number | bigint | Int32 | Decimal): FieldTest {
  const isMet = meets[operator];
  if (isNotANumber(operand)) return isMet(0) ? (value) => isNotANumber(value) : () => false;
  return (value) => {
    if (value instanceof Int32 && operand instanceof Int32) return isMet(value.value - operand.value);
    return isNumber(value) && !isNotANumber(value) && isMet(compareNumbers(value, operand));
  };
}

const isNotANumber = (value: Value | undefined): boolean =>
  typeof value === "number" ? Number.isNaN(value) : value instanceof Decimal && value.kind === "nan";
