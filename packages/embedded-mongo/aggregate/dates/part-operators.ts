import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { int32 } from "../../values/scalars.ts";
import {
  type Compiler,
  constant,
  type Expression,
  fold,
  type Operator,
  type OperatorTable,
} from "../expressions/expression.ts";
import { isNullish, typeName } from "../expressions/values.ts";
import { dayOfYear, isoWeek, isoWeekday, partsOf, weekday, weekOfYear } from "./calendar.ts";
import { momentFrom } from "./date-operand.ts";
import { timeZoneOf } from "./time-zone.ts";

/** One part of a date: `$year`, `$isoWeek` and the others, of a date or of `{ date, timezone }`. */
export const datePartOperators: OperatorTable = {
  $year: part((local) => partsOf(local).year),
  $month: part((local) => partsOf(local).month),
  $dayOfMonth: part((local) => partsOf(local).day),
  $hour: part((local) => partsOf(local).hour),
  $minute: part((local) => partsOf(local).minute),
  $second: part((local) => partsOf(local).second),
  $millisecond: part((local) => partsOf(local).millisecond),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part((local) => weekday(local) + 1),
  $week: part(weekOfYear),
  $isoDayOfWeek: part(isoWeekday),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => isoWeek(local).year, BigInt),
};

function part(read: (localMs: number) => number, make: (part: number) => Value = int32): Operator {
  return (argument, compiler, name) => {
    const [date, zone] = compileOperands(argument, compiler, name);
    return fold(
      (document, variables) => {
        const value = date(document, variables);
        if (isNullish(value)) return null;
        const ms = momentFrom(value);
        if (!zone) return make(read(ms));
        const timezone = zone(document, variables);
        if (isNullish(timezone)) return null;
        if (typeof timezone !== "string") {
          throw new MongoError(
            40533,
            `${name} requires a string for the timezone argument, but was given a ${typeName(timezone)}`,
          );
        }
        return make(read(ms + timeZoneOf(timezone).offsetAt(ms)));
      },
      [date, zone ?? constant(null)],
      emptyDocument,
    );
  };
}

function compileOperands(
  argument: Value,
  compiler: Compiler,
  name: string,
): readonly [date: Expression, zone: Expression | undefined] {
  if (isArray(argument)) {
    if (argument.length !== 1) {
      throw new MongoError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
      );
    }
    return [compiler.compile(argument[0] ?? null), undefined];
  }
  if (!(argument instanceof Document) || argument.firstName?.startsWith("$")) {
    return [compiler.compile(argument), undefined];
  }
  for (const option of argument.fields().keys()) {
    if (option !== "date" && option !== "timezone") {
      throw new MongoError(40535, `unrecognized option to ${name}: "${option}"`);
    }
  }
  const [date, zone] = [argument.get("date"), argument.get("timezone")];
  if (date === undefined) throw new MongoError(40539, `missing 'date' argument to ${name}`);
  return [compiler.compile(date), zone === undefined ? undefined : compiler.compile(zone)];
}
