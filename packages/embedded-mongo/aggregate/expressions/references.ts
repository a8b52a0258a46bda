import { MongoError } from "../../errors/mongo-error.ts";
import { fieldReader } from "../../values/field-reader.ts";
import { type Compiler, constant, type Expression, type Result, type Variables } from "./expression.ts";
import { parsePath, readPath } from "./field-path.ts";

/** Compiles `"$path"` and `"$$variable.path"`. @throws MongoError 16872, 17276 and those of `parsePath` */
export function compileReference(text: string, compiler: Compiler): Expression {
  if (text === "$") throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  if (text.startsWith("$$")) return compileVariable(text.slice(2), compiler);
  const names = parsePath(text.slice(1));
  if (compiler.options.variables?.has("CURRENT")) return variablePath("CURRENT", names);
  const read = fieldReader(names[0] ?? "");
  return names.length === 1 ? read : (document) => readPath(read(document), names, 1);
}

function compileVariable(text: string, compiler: Compiler): Expression {
  if (text === "") throw new MongoError("FailedToParse", "empty variable names are not allowed");
  const dot = text.indexOf(".");
  const name = dot < 0 ? text : text.slice(0, dot);
  const names = dot < 0 ? [] : parsePath(text.slice(dot + 1));
  checkVariableName(name);
  const { options } = compiler;
  if (options.variables?.has(name)) return variablePath(name, names);
  if (options.constants?.has(name)) return constant(readPath(options.constants.get(name), names));
  return compileSystemVariable(name, names, compiler);
}

function compileSystemVariable(name: string, names: readonly string[], { options }: Compiler): Expression {
  const marker = options.markers?.get(name);
  if (marker !== undefined) return constant(marker);
  switch (name) {
    case "ROOT":
    case "CURRENT":
      return names.length === 0 ? (document) => document : (document) => readPath(document, names);
    case "REMOVE":
      return constant(undefined);
    case "NOW":
      return constant(readPath(options.now, names));
    case "CLUSTER_TIME":
      if (options.clusterTime) return constant(readPath(options.clusterTime, names));
      throw new MongoError(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
    default:
      throw new MongoError(17276, `Use of undefined variable: ${name}`);
  }
}

/** Names that a user may read: letters, digits and underscores, or anything above ASCII. @throws MongoError FailedToParse */
function checkVariableName(name: string): void {
  if (!/^[a-zA-Z\u0080-\uffff]/.test(name)) {
    throw new MongoError("FailedToParse", `'${name}' starts with an invalid character for a variable name`);
  }
  if (!/^[\w\u0080-\uffff]*$/.test(name)) {
    throw new MongoError("FailedToParse", `'${name}' contains an invalid character for a variable name`);
  }
}

/** Names that a user may bind: they begin with a small letter; CURRENT may be bound, too. @throws MongoError FailedToParse, 16867 */
export function checkBindableName(name: string): void {
  if (name === "CURRENT") return;
  if (name === "") throw new MongoError("FailedToParse", "empty variable names are not allowed");
  if (!/^[a-z\u0080-\uffff]/.test(name)) {
    throw new MongoError("FailedToParse", `'${name}' starts with an invalid character for a user variable name`);
  }
  checkVariableName(name);
}

const variablePath =
  (name: string, names: readonly string[]): Expression =>
  (_document, variables) =>
    readPath(lookUp(variables, name), names);

function lookUp(variables: Variables, name: string): Result {
  for (let frame = variables; frame; frame = frame.outer) if (frame.name === name) return frame.value;
  return undefined;
}
