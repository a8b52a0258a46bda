import { MongoError } from "../../errors/mongo-error.ts";
import { compareValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { identicalValues } from "../../values/identical.ts";
import { type DateValue, TimestampValue } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { type Modifier, modifier } from "./modifier.ts";

const setTo = (operand: Value) => (current: Value | undefined) =>
  identicalValues(current, operand) ? current : operand;

const extreme = (name: string, isBetter: (order: number) => boolean): Modifier =>
  modifier(name, (operand, { options }) => ({
    canCreate: true,
    apply(current) {
      if (current === undefined) return operand;
      return isBetter(compareValues(operand, current, options.collation?.compare)) ? operand : current;
    },
  }));

/** `$set $setOnInsert $unset $min $max $currentDate` (manual, "Field Update Operators"). */
export const fieldModifiers: readonly Modifier[] = [
  modifier("$set", (operand) => ({ canCreate: true, apply: setTo(operand) })),
  modifier("$setOnInsert", (operand) => ({ canCreate: true, isOnInsertOnly: true, apply: setTo(operand) })),
  modifier("$unset", () => ({ canCreate: false, ignoresPath: true, apply: () => undefined })),
  extreme("$min", (order) => order < 0),
  extreme("$max", (order) => order > 0),
  modifier("$currentDate", (operand, { options }) => {
    const now = currentDate(operand, options.now);
    return { canCreate: true, apply: () => now };
  }),
];

function currentDate(operand: Value, now: DateValue): Value {
  if (typeof operand === "boolean") return now;
  if (!(operand instanceof Document)) {
    const type = typeOf(operand).alias;
    throw new MongoError(
      "BadValue",
      `${type} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  for (const name of operand.fields().keys()) {
    if (name !== "$type") throw new MongoError("BadValue", `Unrecognized $currentDate option: ${name}`);
  }
  const wanted = operand.get("$type");
  if (wanted === "date") return now;
  if (wanted === "timestamp") return new TimestampValue(Math.floor(now.ms / 1000), 1);
  throw new MongoError(
    "BadValue",
    `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : ${formatValue(operand)}}}`,
  );
}
