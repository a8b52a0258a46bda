import { type CompareStrings, compareValues } from "../../values/compare.ts";
import { emptyDocument } from "../../values/document.ts";
import { bsonUndefined, int32 } from "../../values/scalars.ts";
import { binary, operandsOf, unary } from "./arguments.ts";
import { type Compiler, fold, type Operator, type OperatorTable, type Result } from "./expression.ts";
import { isTrue } from "./values.ts";

/** `$and`, `$or`, `$not`, and comparisons of any two values in the order of all values, missing fields the least. */
export const logicOperators: OperatorTable = {
  $and: lazily(true),
  $or: lazily(false),
  $not: unary((value) => !isTrue(value)),
  $cmp: binary((left, right, _name, compiler) => int32(Math.sign(order(left, right, compiler)))),
  $eq: comparing((sign) => sign === 0),
  $ne: comparing((sign) => sign !== 0),
  $gt: comparing((sign) => sign > 0),
  $gte: comparing((sign) => sign >= 0),
  $lt: comparing((sign) => sign < 0),
  $lte: comparing((sign) => sign <= 0),
};

/** Stops at the first operand that decides. */
function lazily(goesOnWith: boolean): Operator {
  return (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, 0, Number.POSITIVE_INFINITY);
    return fold(
      (document, variables) => {
        for (const operand of operands) {
          if (isTrue(operand(document, variables)) !== goesOnWith) return !goesOnWith;
        }
        return goesOnWith;
      },
      operands,
      emptyDocument,
    );
  };
}

function comparing(passes: (sign: number) => boolean): Operator {
  return binary((left, right, _name, compiler) => passes(order(left, right, compiler)));
}

const order = (left: Result, right: Result, { options }: Compiler): number =>
  compareResults(left, right, options.collation?.compare);

/** The order of values where a field may be missing: as undefined, the least but for MinKey. */
export const compareResults = (left: Result, right: Result, compareStrings?: CompareStrings): number =>
  compareValues(left === undefined ? bsonUndefined : left, right === undefined ? bsonUndefined : right, compareStrings);
