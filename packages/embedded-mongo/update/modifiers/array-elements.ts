import { MongoError } from "../../errors/mongo-error.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { equalValues } from "../../values/compare.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatField } from "../../values/format-value.ts";
import { RegexValue } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { type Modifier, type ModifierContext, modifier } from "./modifier.ts";
import { notAnArray } from "./push.ts";

const addToSet: Modifier = modifier("$addToSet", (operand, { options }) => {
  const items = itemsOf(operand);
  return {
    canCreate: true,
    apply(current, place) {
      if (current !== undefined && !isArray(current)) throw notAnArray(current, place);
      const kept = [...(current ?? [])];
      const before = kept.length;
      for (const item of items) {
        if (!kept.some((other) => equalValues(other, item, options.collation?.compare))) kept.push(item);
      }
      return current !== undefined && kept.length === before ? current : kept;
    },
  };
});

function itemsOf(operand: Value): readonly Value[] {
  if (!(operand instanceof Document) || operand.firstName !== "$each") return [operand];
  const each = operand.get("$each");
  if (!isArray(each)) {
    const type = each === undefined ? "missing" : typeOf(each).alias;
    throw new MongoError(
      "TypeMismatch",
      `The argument to $each in $addToSet must be an array but it was of type ${type}`,
    );
  }
  for (const [name, value] of operand.fields()) {
    if (name === "$each") continue;
    throw new MongoError("BadValue", `Found unexpected fields after $each in $addToSet: ${formatField(name, value)}`);
  }
  return each;
}

const pop: Modifier = modifier("$pop", (operand, _context, path) => {
  const end = isNumber(operand) ? toInteger(operand) : undefined;
  if (!isNumber(operand)) throw new MongoError("FailedToParse", `Expected a number in: ${formatField(path, operand)}`);
  if (end === undefined) throw new MongoError("FailedToParse", `Expected an integer: ${formatField(path, operand)}`);
  if (end !== 1n && end !== -1n) throw new MongoError("FailedToParse", `$pop expects 1 or -1, found: ${end}`);
  return {
    canCreate: false,
    apply(current, { path: place }) {
      if (!isArray(current)) {
        throw new MongoError(
          "TypeMismatch",
          `Path '${place}' contains an element of non-array type '${aliasOf(current)}'`,
        );
      }
      if (current.length === 0) return current;
      return end === 1n ? current.slice(0, -1) : current.slice(1);
    },
  };
});

const aliasOf = (value: Value | undefined): string => (value === undefined ? "missing" : typeOf(value).alias);

/** Takes out the elements that pass the test. */
const removing = (
  name: string,
  parse: (operand: Value, context: ModifierContext) => (item: Value) => boolean,
): Modifier =>
  modifier(name, (operand, context) => {
    const isRemoved = parse(operand, context);
    return {
      canCreate: false,
      apply(current) {
        if (!isArray(current)) throw new MongoError("BadValue", `Cannot apply ${name} to a non-array value`);
        const kept = current.filter((item) => !isRemoved(item));
        return kept.length === current.length ? current : kept;
      },
    };
  });

const pull = removing("$pull", (operand, context) => {
  const { options } = context;
  if (operand instanceof Document) {
    if (operand.firstName?.startsWith("$") && context.isFieldOperator(operand.firstName)) {
      const matcher = compileMatcher(context.predicates("", operand), options);
      return (item) => matcher.matches(Document.from([["", item]]));
    }
    const matcher = compileMatcher(context.filter(operand), options);
    return (item) => item instanceof Document && matcher.matches(item);
  }
  if (operand instanceof RegexValue) {
    const matcher = compileMatcher(context.filter(Document.from([["", operand]])), options);
    return (item) => matcher.matches(Document.from([["", item]]));
  }
  return (item) => equalValues(item, operand, options.collation?.compare);
});

const pullAll = removing("$pullAll", (operand, { options }) => {
  if (!isArray(operand)) {
    throw new MongoError("BadValue", `$pullAll requires an array argument but was given a ${typeOf(operand).alias}`);
  }
  return (item) => operand.some((other) => equalValues(item, other, options.collation?.compare));
});

/** `$addToSet $pop $pull $pullAll` (manual, "Array Update Operators"). */
export const arrayElementModifiers: readonly Modifier[] = [addToSet, pop, pull, pullAll];
