import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Compiler } from "../expressions/expression.ts";
import { parsePath } from "../expressions/field-path.ts";
import { typeName } from "../expressions/values.ts";
import { compileInclude, compute, computes, exclude, hasLeaf, type Transform } from "./apply-tree.ts";
import { computeLeaf, emptyTree, type ProjectionTree, parseTree, readProjectLeaf } from "./projection-tree.ts";

/** Compiles a stage that makes one document of one: these run in pipelines and in updates. */
export type TransformCompiler = (argument: Value, compiler: Compiler) => Transform;

const compileAddFields: TransformCompiler = (argument, compiler) => {
  if (!(argument instanceof Document)) {
    throw new MongoError(40272, `$addFields specification stage must be an object, got ${typeName(argument)}`);
  }
  const tree = parseTree(argument, (value) => computeLeaf(value, compiler), 40180);
  return (document, variables) => compute(document, tree, document, variables);
};

const compileReplaceRoot: TransformCompiler = (argument, compiler) => {
  if (!(argument instanceof Document)) {
    throw new MongoError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeName(argument)}`,
    );
  }
  if ([...argument.fields().keys()].some((name) => name !== "newRoot"))
    throw new MongoError(40415, "unrecognized option to $replaceRoot stage, only valid option is 'newRoot'.");
  const newRoot = argument.get("newRoot");
  if (newRoot === undefined)
    throw new MongoError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  return replaceBy(newRoot, compiler, "'newRoot' expression ");
};

function replaceBy(value: Value, compiler: Compiler, what: string): Transform {
  const expression = compiler.compile(value);
  return (document, variables) => {
    const result = expression(document, variables);
    if (result instanceof Document) return result;
    throw new MongoError(
      40228,
      `${what} must evaluate to an object, but resulting value was of type: ${typeName(result)}`,
    );
  };
}

const compileUnset: TransformCompiler = (argument) => {
  const paths = isArray(argument) ? argument : [argument];
  if (isArray(argument) && argument.length === 0) {
    throw new MongoError(31119, "$unset specification must be a string or an array with at least one field");
  }
  const specification = new Map<string, Value>();
  for (const path of paths) {
    if (typeof path !== "string") {
      throw new MongoError(
        isArray(argument) ? 31120 : 31002,
        "$unset specification must be a string or an array containing only string values",
      );
    }
    parsePath(path);
    if (specification.has(path))
      throw new MongoError(31250, `Invalid $unset :: caused by :: Path collision at ${path}`);
    specification.set(path, false);
  }
  const tree = parseTree(Document.of(specification), () => ({ kind: "drop" }), 51270);
  return (document) => exclude(document, tree);
};

const compileProject: TransformCompiler = (argument, compiler) => {
  if (!(argument instanceof Document)) {
    throw new MongoError(15969, "$project specification must be an object");
  }
  if (argument.size === 0) {
    throw new MongoError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  }
  const tree = parseTree(argument, readProjectLeaf(compiler), 51270);
  return isExclusion(tree) ? excluding(tree) : including(tree);
};

/** The `_id` may be excluded from an inclusion and included in an exclusion. */
function isExclusion(tree: ProjectionTree): boolean {
  const others = withoutId(tree);
  const [keeps, drops, hasComputed] = [hasLeaf(others, "keep"), hasLeaf(others, "drop"), computes(tree)];
  if (drops && keeps) {
    const [name] = [...others.fields].find(([, node]) => node.kind === "drop" || node.kind === "tree") ?? [""];
    throw new MongoError(
      31254,
      `Invalid $project :: caused by :: Cannot do exclusion on field ${name} in inclusion projection`,
    );
  }
  if (drops && hasComputed) {
    throw new MongoError(31310, "Invalid $project :: caused by :: Cannot use an expression in an exclusion projection");
  }
  if (others.fields.size > 0) return drops;
  const id = tree.fields.get("_id");
  return id?.kind === "drop" || (id?.kind === "tree" && hasLeaf(id, "drop"));
}

const withoutId = (tree: ProjectionTree): ProjectionTree => {
  const others = emptyTree();
  for (const [name, node] of tree.fields) if (name !== "_id") others.fields.set(name, node);
  return others;
};

const excluding =
  (tree: ProjectionTree): Transform =>
  (document) =>
    exclude(document, tree);

function including(tree: ProjectionTree): Transform {
  const id = tree.fields.get("_id");
  const kept: ProjectionTree = id
    ? tree
    : { kind: "tree", fields: new Map([["_id", { kind: "keep" }], ...tree.fields]) };
  const include = compileInclude(kept);
  if (!computes(tree)) return include;
  return (document, variables) => idFirst(compute(include(document), kept, document, variables));
}

/** A computed `_id` comes first, too. */
function idFirst(document: Document): Document {
  const id = document.firstName === "_id" ? undefined : document.get("_id");
  return id === undefined ? document : Document.of(new Map([["_id", id], ...document.fields()]));
}

/** The stages that make one document of one, by name. */
export const transformCompilers: ReadonlyMap<string, TransformCompiler> = new Map([
  ["$addFields", compileAddFields],
  ["$set", compileAddFields],
  ["$project", compileProject],
  ["$replaceRoot", compileReplaceRoot],
  ["$replaceWith", (argument, compiler) => replaceBy(argument, compiler, "'replacement document' ")],
  ["$unset", compileUnset],
]);
