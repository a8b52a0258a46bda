import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Compiler, Expression } from "../expressions/expression.ts";
import { checkBindableName } from "../expressions/references.ts";
import { typeName } from "../expressions/values.ts";
import { argumentFields } from "../stages/argument-fields.ts";
import { stageList } from "../stages/stage-list.ts";
import { readTarget } from "./target.ts";

/** A `$merge` that was parsed. */
export interface Merge {
  readonly into: Namespace;
  readonly on: readonly string[];
  readonly let: readonly (readonly [string, Expression])[];
  readonly whenMatched: "replace" | "keepExisting" | "merge" | "fail" | readonly Document[];
  readonly whenNotMatched: "insert" | "discard" | "fail";
}

/** @throws MongoError 51178, 51182 and others for a malformed specification */
export function readMerge(argument: Value, database: string, compiler: Compiler): Merge {
  if (typeof argument === "string") {
    const into = readTarget(argument, database, "$merge", 51178);
    return { into, on: ["_id"], let: [], whenMatched: "merge", whenNotMatched: "insert" };
  }
  if (!(argument instanceof Document)) {
    throw new MongoError(51182, `$merge requires a string or object argument, but found ${typeName(argument)}`);
  }
  const known = ["into", "on", "let", "whenMatched", "whenNotMatched"];
  const fields = argumentFields(argument, "$merge", known, { unknown: 40415 });
  if (!fields.has("into")) throw new MongoError(40414, "BSON field '$merge.into' is missing but a required field");
  const whenMatched = readWhenMatched(fields.get("whenMatched") ?? "merge");
  if (fields.has("let") && !isArray(whenMatched)) {
    throw new MongoError(51199, "Cannot use 'let' variables with 'whenMatched' mode");
  }
  return {
    into: readTarget(fields.get("into"), database, "$merge", 51178),
    on: readOn(fields.get("on") ?? "_id"),
    let: readLet(fields.get("let"), compiler),
    whenMatched,
    whenNotMatched: readWhenNotMatched(fields.get("whenNotMatched") ?? "insert"),
  };
}

function readOn(on: Value): readonly string[] {
  const fields = isArray(on) ? on : [on];
  if (fields.length === 0)
    throw new MongoError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return fields.map((field) => {
    if (typeof field === "string") return field;
    throw new MongoError(
      isArray(on) ? 51134 : 51186,
      `$merge 'on' field must be either a string or an array of strings, but found ${typeName(field)}`,
    );
  });
}

function readLet(value: Value | undefined, compiler: Compiler): Merge["let"] {
  if (value === undefined) return [];
  if (!(value instanceof Document)) throw new MongoError("TypeMismatch", "$merge 'let' must be an object");
  return [...value.fields()].map(([name, expression]) => {
    checkBindableName(name);
    return [name, compiler.compile(expression)] as const;
  });
}

function readWhenMatched(value: Value): Merge["whenMatched"] {
  if (isArray(value)) return stageList(value);
  if (value === "replace" || value === "keepExisting" || value === "merge" || value === "fail") return value;
  if (typeof value === "string") {
    throw new MongoError("BadValue", `Enumeration value '${value}' for field 'whenMatched' is not a valid value.`);
  }
  throw new MongoError(
    51191,
    `$merge 'whenMatched' field must be either a string or an array, but found ${typeName(value)}`,
  );
}

function readWhenNotMatched(value: Value): Merge["whenNotMatched"] {
  if (value === "insert" || value === "discard" || value === "fail") return value;
  throw new MongoError(
    "BadValue",
    `Enumeration value '${String(value)}' for field '$merge.whenNotMatched' is not a valid value.`,
  );
}
