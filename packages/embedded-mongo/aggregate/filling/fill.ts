import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { typeName } from "../expressions/values.ts";
import { argumentFields } from "../stages/argument-fields.ts";
import type { StageCompiler } from "../stages/stage.ts";

/** `$fill`: values for fields that are null or missing. What it does is said with `$setWindowFields` and `$addFields`. */
export const compileFill: StageCompiler = (argument, context) => {
  const fields = argumentFields(argument, "$fill", ["partitionBy", "partitionByFields", "sortBy", "output"], {
    unknown: 40415,
  });
  const output = fields.get("output");
  if (!(output instanceof Document))
    throw new MongoError(40414, "BSON field '$fill.output' is missing but a required field");
  if (output.size === 0) throw new MongoError(6050203, "$fill.output must contain at least one field");
  const windows = new Map<string, Value>();
  const values = new Map<string, Value>();
  for (const [path, how] of output.fields()) readOutput(path, how, windows, values);
  const sortBy = fields.get("sortBy");
  if (hasLinear(windows) && sortBy === undefined) {
    throw new MongoError(
      605001,
      "$linearFill must be specified with a top level sortBy expression with exactly one element",
    );
  }
  const partitionBy = readPartition(fields);
  const stages: Document[] = [];
  if (windows.size > 0) {
    const parts: [string, Value][] = [["output", Document.of(windows)]];
    if (partitionBy !== undefined) parts.push(["partitionBy", partitionBy]);
    if (sortBy !== undefined) parts.push(["sortBy", sortBy]);
    stages.push(Document.from([["$setWindowFields", Document.from(parts)]]));
  }
  if (values.size > 0) stages.push(Document.from([["$addFields", Document.of(values)]]));
  return context.compilePipeline(stages);
};

function readOutput(path: string, how: Value, windows: Map<string, Value>, values: Map<string, Value>): void {
  if (!(how instanceof Document)) {
    throw new MongoError("TypeMismatch", `$fill.output.${path} must be an object, but is ${typeName(how)}`);
  }
  const [value, method] = [how.get("value"), how.get("method")];
  if (value !== undefined) {
    values.set(path, Document.from([["$ifNull", [`$${path}`, value]]]));
  } else if (method === "locf" || method === "linear") {
    windows.set(path, Document.from([[method === "locf" ? "$locf" : "$linearFill", `$${path}`]]));
  } else {
    throw new MongoError(6050202, "Method must be either 'linear' or 'locf'");
  }
}

const hasLinear = (windows: ReadonlyMap<string, Value>): boolean =>
  [...windows.values()].some((each) => each instanceof Document && each.firstName === "$linearFill");

function readPartition(fields: ReadonlyMap<string, Value>): Value | undefined {
  const [by, list] = [fields.get("partitionBy"), fields.get("partitionByFields")];
  if (by !== undefined && list !== undefined) {
    throw new MongoError(6050204, "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'");
  }
  if (list === undefined) return by;
  if (!isArray(list)) throw new MongoError("TypeMismatch", "'partitionByFields' must be an array");
  const key = list.map((field, index): [string, Value] => {
    if (typeof field === "string") return [String(index), `$${field}`];
    throw new MongoError("TypeMismatch", "'partitionByFields' must be an array of strings");
  });
  return Document.from(key);
}
