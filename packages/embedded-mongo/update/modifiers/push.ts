import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort } from "../../sort/sort-order.ts";
import { type CompareStrings, compareValues } from "../../values/compare.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble, toInteger } from "../../values/convert-numbers.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatField } from "../../values/format-value.ts";
import { identicalValues } from "../../values/identical.ts";
import { typeOf } from "../../values/types.ts";
import { type Modifier, type ModifierContext, modifier, type Place } from "./modifier.ts";
import { idOf } from "./numbers.ts";

interface Push {
  readonly items: readonly Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly compare: ((left: Value, right: Value) => number) | undefined;
}

/** `$push` with `$each`, `$position`, `$sort` and `$slice`, done in this order (manual, "$push"). */
export const pushModifier: Modifier = modifier("$push", (operand, context) => {
  const push = parsePush(operand, context);
  return {
    canCreate: true,
    isAppending: push.position === undefined && push.slice === undefined && push.compare === undefined,
    apply(current, place) {
      const array = current === undefined ? [] : current;
      if (!isArray(array)) throw notAnArray(array, place);
      const after = pushed(array, push);
      return current !== undefined && identicalValues(array, after) ? current : after;
    },
  };
});

/** The error of `$push` and `$addToSet` on another type. */
export const notAnArray = (value: Value, place: Place): MongoError =>
  new MongoError(
    "BadValue",
    `The field '${place.path}' must be an array but is of type ${typeOf(value).alias} in document {${idOf(place)}}`,
  );

function pushed(array: readonly Value[], { items, position, slice, compare }: Push): readonly Value[] {
  const at = position ?? array.length;
  const from = at < 0 ? Math.max(0, array.length + at) : Math.min(at, array.length);
  const joined = [...array.slice(0, from), ...items, ...array.slice(from)];
  if (compare) joined.sort(compare);
  if (slice === undefined) return joined;
  return slice < 0 ? joined.slice(slice) : joined.slice(0, slice);
}

function parsePush(operand: Value, context: ModifierContext): Push {
  const each = operand instanceof Document ? operand.get("$each") : undefined;
  if (!(operand instanceof Document) || each === undefined) {
    return { items: [operand], position: undefined, slice: undefined, compare: undefined };
  }
  for (const name of operand.fields().keys()) {
    if (!["$each", "$slice", "$sort", "$position"].includes(name)) {
      throw new MongoError("BadValue", `Unrecognized clause in $push: ${name}`);
    }
  }
  if (!isArray(each)) {
    throw new MongoError(
      "BadValue",
      `The argument to $each in $push must be an array but it was of type: ${typeOf(each).alias}`,
    );
  }
  const sort = operand.get("$sort");
  return {
    items: each,
    position: integerOf(operand, "$position"),
    slice: integerOf(operand, "$slice"),
    compare: sort === undefined ? undefined : parseSort(sort, context.options.collation?.compare, context),
  };
}

function integerOf(operand: Document, name: string): number | undefined {
  const value = operand.get(name);
  if (value === undefined) return undefined;
  const whole = isNumber(value) ? toInteger(value) : undefined;
  if (whole === undefined) {
    throw new MongoError(
      "BadValue",
      `The value for ${name} must be an integer value but was given type: ${typeOf(value).alias}`,
    );
  }
  return Number(whole);
}

function parseSort(sort: Value, strings: CompareStrings | undefined, { options }: ModifierContext) {
  if (sort instanceof Document) {
    if (sort.size === 0) {
      throw new MongoError("BadValue", "The $sort pattern is empty when it should be a set of fields.");
    }
    for (const [name, value] of sort.fields()) {
      if (isNumber(value) && Math.abs(toDouble(value)) === 1) continue;
      throw new MongoError("BadValue", `The $sort element value must be either 1 or -1: ${formatField(name, value)}`);
    }
    const order = compileSort(sort, options.collation);
    const documentOf = (value: Value) => (value instanceof Document ? value : emptyDocument);
    return (left: Value, right: Value) => order.compare(documentOf(left), documentOf(right));
  }
  const direction = isNumber(sort) ? toDouble(sort) : 0;
  if (direction !== 1 && direction !== -1) {
    throw new MongoError(
      "BadValue",
      "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields",
    );
  }
  return (left: Value, right: Value) => compareValues(left, right, strings) * direction;
}
