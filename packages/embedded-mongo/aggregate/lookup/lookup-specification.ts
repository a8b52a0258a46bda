import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Compiler, Expression } from "../expressions/expression.ts";
import { parsePath } from "../expressions/field-path.ts";
import { checkBindableName } from "../expressions/references.ts";
import { typeName } from "../expressions/values.ts";
import { argumentFields } from "../stages/argument-fields.ts";
import { stageList } from "../stages/stage-list.ts";

/** A `$lookup` that was parsed. */
export interface Lookup {
  /** Undefined when the pipeline makes its documents itself. */
  readonly from: Namespace | undefined;
  readonly as: readonly string[];
  readonly equality: { readonly local: readonly string[]; readonly foreign: string } | undefined;
  readonly pipeline: readonly Document[] | undefined;
  readonly let: readonly (readonly [name: string, expression: Expression])[];
}

const known = ["from", "localField", "foreignField", "let", "pipeline", "as"];

/** @throws MongoError FailedToParse, 4569 and others for a malformed specification */
export function readLookup(argument: Value, database: string, compiler: Compiler): Lookup {
  const fields = argumentFields(argument, "$lookup", known);
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    if (value === undefined || typeof value === "string") return value;
    throw new MongoError(
      "FailedToParse",
      `$lookup argument '${name}' must be a string, found ${name}: ${typeName(value)}`,
    );
  };
  const [as, local, foreign] = [text("as"), text("localField"), text("foreignField")];
  if (as === undefined) throw new MongoError("FailedToParse", "must specify 'as' field for a $lookup");
  const pipeline = readPipeline(fields.get("pipeline"));
  if ((local === undefined) !== (foreign === undefined)) {
    throw new MongoError(
      "FailedToParse",
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  }
  if (local === undefined && !pipeline) {
    throw new MongoError(
      "FailedToParse",
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  if (foreign !== undefined) parsePath(foreign);
  return {
    from: readFrom(fields.get("from"), database, pipeline),
    as: parsePath(as),
    equality: local === undefined || foreign === undefined ? undefined : { local: parsePath(local), foreign },
    pipeline,
    let: readLet(fields.get("let"), compiler),
  };
}

function readFrom(
  from: Value | undefined,
  database: string,
  pipeline: readonly Document[] | undefined,
): Namespace | undefined {
  if (typeof from === "string") return { database, collection: from };
  if (from instanceof Document) {
    const [db, coll] = [from.get("db"), from.get("coll")];
    if (typeof db === "string" && typeof coll === "string") return { database: db, collection: coll };
  }
  if (from !== undefined) {
    throw new MongoError("FailedToParse", `$lookup argument 'from' must be a string, found ${typeName(from)}`);
  }
  if (pipeline?.[0]?.firstName === "$documents") return undefined;
  throw new MongoError("FailedToParse", "must specify 'from' field for a $lookup");
}

function readPipeline(value: Value | undefined): readonly Document[] | undefined {
  if (value === undefined) return undefined;
  if (!isArray(value)) throw new MongoError("TypeMismatch", "'pipeline' option must be specified as an array");
  const stages = stageList(value);
  for (const { firstName: name } of stages) {
    if (name === "$out" || name === "$merge" || name === "$changeStream") {
      throw new MongoError(51047, `${name} is not allowed within a $lookup's sub-pipeline`);
    }
  }
  return stages;
}

function readLet(value: Value | undefined, compiler: Compiler): Lookup["let"] {
  if (value === undefined) return [];
  if (!(value instanceof Document)) {
    throw new MongoError("FailedToParse", `$lookup argument 'let: ${typeName(value)}' must be an object`);
  }
  return [...value.fields()].map(([name, expression]) => {
    checkBindableName(name);
    return [name, compiler.compile(expression)] as const;
  });
}
