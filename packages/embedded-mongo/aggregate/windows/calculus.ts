import { MongoError } from "../../errors/mongo-error.ts";
import { add, divide, multiply, subtract } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";
import { lengthOf, type TimeUnit, timeUnitOf } from "../dates/time-unit.ts";
import type { Expression, Result } from "../expressions/expression.ts";
import { typeName } from "../expressions/values.ts";
import { needOrder } from "./ranking.ts";
import type { Partition, WindowContext, WindowFunction, WindowTable } from "./window-function.ts";

/** `$derivative` and `$integral`, by the field that the documents are sorted by. */
export const calculusFunctions: WindowTable = {
  $derivative: (argument, context, name) => {
    if (!context.bounds) throw new MongoError("FailedToParse", "$derivative requires explicit window bounds");
    const { input, unit } = readInput(argument, context, name);
    return overWindows((partition, from, to) => {
      if (to - from < 2) return null;
      const first = pointAt(partition, from, input, unit, name);
      const last = pointAt(partition, to - 1, input, unit, name);
      if (!first || !last) return null;
      const distance = subtract(last.x, first.x);
      return isZero(distance) ? null : divide(subtract(last.y, first.y), distance);
    });
  },
  $integral: (argument, context, name) => {
    const { input, unit } = readInput(argument, context, name);
    return overWindows((partition, from, to) => {
      let area: NumberValue = 0;
      for (let at = from + 1; at < to; at++) {
        const left = pointAt(partition, at - 1, input, unit, name);
        const right = pointAt(partition, at, input, unit, name);
        if (!left || !right) continue;
        area = add(area, divide(multiply(add(left.y, right.y), subtract(right.x, left.x)), 2));
      }
      return to - from < 1 ? null : area;
    });
  },
};

const isZero = (value: NumberValue): boolean => Number(typeof value === "object" ? Number.NaN : value) === 0;

function overWindows(compute: (partition: Partition, from: number, to: number) => Result): WindowFunction {
  return (partition) => partition.documents.map((_, index) => compute(partition, ...partition.windowOf(index)));
}

function readInput(
  argument: Value,
  context: WindowContext,
  name: string,
): { readonly input: Expression; readonly unit: TimeUnit | undefined } {
  needOrder(context, name);
  if (!(argument instanceof Document)) throw new MongoError("FailedToParse", `${name} must be an object`);
  const [input, unit] = [argument.get("input"), argument.get("unit")];
  if (input === undefined) throw new MongoError("FailedToParse", `${name} requires an 'input' expression`);
  const by = unit === undefined ? undefined : timeUnitOf(unit, name);
  if (by !== undefined && "months" in lengthOf(by)) {
    throw new MongoError(5490704, "unit must be 'week' or smaller");
  }
  return { input: context.compiler.compile(input), unit: by };
}

interface Point {
  readonly x: NumberValue;
  readonly y: NumberValue;
}

function pointAt(
  partition: Partition,
  index: number,
  input: Expression,
  unit: TimeUnit | undefined,
  name: string,
): Point | undefined {
  const document = partition.documents[index];
  const y = document && input(document, undefined);
  const x = partition.sortValue(index);
  const length = unit && lengthOf(unit);
  if (x instanceof DateValue) {
    if (!length || !("ms" in length))
      throw new MongoError(5624901, `${name} where the sortBy is a Date requires an 'unit'`);
    return isNumber(y) ? { x: x.ms / length.ms, y } : undefined;
  }
  if (unit) throw new MongoError(5624900, `${name} with 'unit' expects the sortBy field to be a Date`);
  if (!isNumber(x)) throw new MongoError(5624902, `${name} expects the sortBy field to be numeric, not ${typeName(x)}`);
  return isNumber(y) ? { x, y } : undefined;
}
