import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namedParts, unary, variadic } from "./arguments.ts";
import { type Compiler, constantOf, type Expression, type OperatorTable, type Result } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** Documents: `$mergeObjects`, `$objectToArray`, `$arrayToObject`, `$getField`, `$setField` and `$unsetField`. */
export const objectOperators: OperatorTable = {
  $mergeObjects: variadic((values) => {
    const merged = new Map<string, Value>();
    for (const value of values) mergeInto(merged, value);
    return Document.of(merged);
  }),
  $objectToArray: unary((value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Document)) {
      throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    }
    return [...value.fields()].map(([k, v]) =>
      Document.from([
        ["k", k],
        ["v", v],
      ]),
    );
  }),
  $arrayToObject: unary((value) => (isNullish(value) ? null : arrayToObject(value))),
  $getField: compileGetField,
  $setField: (argument, compiler, name) => compileSetField(argument, compiler, name, ["field", "input", "value"]),
  $unsetField: (argument, compiler, name) => compileSetField(argument, compiler, name, ["field", "input"]),
};

/** Adds a document's fields; null and missing add nothing. @throws MongoError 40400 */
export function mergeInto(merged: Map<string, Value>, value: Result): void {
  if (isNullish(value)) return;
  if (!(value instanceof Document)) {
    throw new MongoError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
  }
  for (const [name, field] of value.fields()) merged.set(name, field);
}

function arrayToObject(value: Value): Document {
  if (!isArray(value)) throw new MongoError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const made = new Map<string, Value>();
  const ofPairs = isArray(value[0]);
  for (const item of value) {
    const [key, field] = ofPairs ? pairOf(item) : keyAndValue(item);
    if (key.includes("\0")) throw new MongoError(4940400, "Key field cannot contain an embedded null byte");
    made.set(key, field);
  }
  return Document.of(made);
}

function pairOf(item: Value): readonly [string, Value] {
  if (!isArray(item)) {
    throw new MongoError(
      40396,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Array was detected, now found: ${typeName(item)}`,
    );
  }
  if (item.length !== 2) {
    throw new MongoError(
      40397,
      `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`,
    );
  }
  const [key, value = null] = item;
  if (typeof key !== "string") {
    throw new MongoError(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(key)}`,
    );
  }
  return [key, value];
}

function keyAndValue(item: Value): readonly [string, Value] {
  if (isArray(item)) {
    throw new MongoError(
      40391,
      "$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Object was detected, now found: array",
    );
  }
  if (!(item instanceof Document)) {
    throw new MongoError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(item)}`);
  }
  if (item.size !== 2) {
    throw new MongoError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${item.size}`,
    );
  }
  const [key, value] = [item.get("k"), item.get("v")];
  if (key === undefined || value === undefined) {
    throw new MongoError(40393, "$arrayToObject requires an object with keys 'k' and 'v'.");
  }
  if (typeof key !== "string") {
    throw new MongoError(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(key)}`,
    );
  }
  return [key, value];
}

function compileGetField(argument: Value, compiler: Compiler): Expression {
  const isLong = argument instanceof Document && !argument.firstName?.startsWith("$");
  const parts = isLong
    ? namedParts(argument, "$getField", ["field", "input"], [], {
        unknown: 3041701,
        missing: [3041702, 3041703],
      })
    : new Map<string, Value>([
        ["field", argument],
        ["input", "$$CURRENT"],
      ]);
  const field = fieldName(parts.get("field") ?? null, compiler, "$getField");
  const input = compiler.compile(parts.get("input") ?? null);
  return (document, variables) => {
    const from = input(document, variables);
    if (from instanceof Document) return from.get(field(document, variables));
    return isNullish(from) && from !== undefined ? null : undefined;
  };
}

function compileSetField(argument: Value, compiler: Compiler, name: string, required: readonly string[]): Expression {
  const parts = namedParts(argument, name, required, [], {
    notObject: 4161100,
    unknown: 4161101,
    missing: [4161102, 4161109, 4161103],
  });
  const field = fieldName(parts.get("field") ?? null, compiler, name);
  const input = compiler.compile(parts.get("input") ?? null);
  const value = compiler.compile(name === "$setField" ? (parts.get("value") ?? null) : "$$REMOVE");
  return (document, variables) => {
    const from = input(document, variables);
    if (isNullish(from)) return null;
    if (!(from instanceof Document)) {
      throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object`);
    }
    const fields = new Map(from.fields());
    const set = value(document, variables);
    if (set === undefined) fields.delete(field(document, variables));
    else fields.set(field(document, variables), set);
    return Document.of(fields);
  };
}

/** The name is a constant, but for `$getField`, which may compute it. @throws MongoError 3041704, 4161106, 4161107, 4161108 */
function fieldName(value: Value, compiler: Compiler, name: string): (...input: Parameters<Expression>) => string {
  const expression = compiler.compile(value);
  const known = constantOf(expression);
  const isComputed = name === "$getField";
  if (!known && !isComputed) {
    throw typeof value === "string"
      ? new MongoError(
          4161108,
          `'${value}' is a field path reference which is not allowed in this context. Did you mean {$literal: '${value}'}?`,
        )
      : new MongoError(4161106, `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`);
  }
  const check = (field: Result): string => {
    if (typeof field === "string") return field;
    throw new MongoError(
      isComputed ? 3041704 : 4161107,
      `${name} requires 'field' to evaluate to type String, but got ${typeName(field)}`,
    );
  };
  if (known) {
    const field = check(known.value);
    return () => field;
  }
  return (document, variables) => check(expression(document, variables));
}
