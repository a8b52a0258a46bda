import { MongoError } from "../errors/mongo-error.ts";
import { compileMatcher } from "../match/matcher.ts";
import { isTruthy } from "../match/operators/element.ts";
import { parsePredicates } from "../match/parse-filter.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import { addToTree, emptyTree, type ProjectionTree } from "./projection-tree.ts";
import { parseSlice } from "./slice.ts";

/** A projection, read. */
export interface ParsedProjection {
  readonly tree: ProjectionTree;
  readonly isInclusion: boolean;
  /** The array of `array.$`. */
  readonly positional: string | undefined;
}

interface Reading {
  readonly tree: ProjectionTree;
  readonly options: ProjectionOptions;
  isInclusion: boolean | undefined;
  /** `_id` says nothing about the others. */
  id: boolean | undefined;
  positional: string | undefined;
  hasSlice: boolean;
  hasElemMatch: boolean;
}

/** @throws MongoError for a projection that MongoDB refuses (manual, "Project Fields to Return from Query") */
export function parseProjection(projection: Document, options: ProjectionOptions): ParsedProjection {
  const reading: Reading = {
    tree: emptyTree(),
    options,
    isInclusion: undefined,
    id: undefined,
    positional: undefined,
    hasSlice: false,
    hasElemMatch: false,
  };
  for (const [name, value] of projection.fields()) readField(name, value, reading);
  const isInclusion = reading.isInclusion ?? modeWithoutFlags(reading);
  if (reading.positional !== undefined && !isInclusion) {
    throw new MongoError(31395, "positional projection cannot be used with exclusion");
  }
  finishId(reading, isInclusion);
  return { tree: reading.tree, isInclusion, positional: reading.positional };
}

/** `$slice` alone keeps the other fields, `$elemMatch` alone does not (manual, "$slice (projection)", "$elemMatch (projection)"). */
const modeWithoutFlags = ({ hasSlice, hasElemMatch, id }: Reading): boolean =>
  !hasSlice && (hasElemMatch || id === true);

/** `_id` is there unless it is excluded. */
function finishId({ tree, id }: Reading, isInclusion: boolean): void {
  if (isInclusion && id !== false && !tree.children.has("_id")) tree.children.set("_id", { kind: "include" });
  if (isInclusion && id === false) tree.children.delete("_id");
  if (!isInclusion && id === true) tree.children.delete("_id");
}

function readField(path: string, value: Value, reading: Reading): void {
  if (value instanceof Document) readDocument(path, value, reading);
  else if (isNumber(value) || typeof value === "boolean") readFlag(path, isTruthy(value), reading);
  else readExpression(path, value, reading);
}

function readFlag(path: string, isIncluded: boolean, reading: Reading): void {
  if (isIncluded && (path.endsWith(".$") || path.includes(".$."))) {
    readPositional(path, reading);
    return;
  }
  if (path.endsWith(".$")) throw new MongoError(31395, "positional projection cannot be used with exclusion");
  if (path === "_id") reading.id = isIncluded;
  else setMode(path, isIncluded, reading);
  addToTree(reading.tree, path, { kind: isIncluded ? "include" : "exclude" });
}

function setMode(path: string, isInclusion: boolean, reading: Reading): void {
  reading.isInclusion ??= isInclusion;
  if (reading.isInclusion === isInclusion) return;
  if (isInclusion) throw new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  throw new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
}

function readPositional(path: string, reading: Reading): void {
  if (!path.endsWith(".$") || path.includes(".$.")) {
    throw new MongoError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path.Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.",
    );
  }
  if (reading.positional !== undefined) {
    throw new MongoError(31276, "Cannot specify more than one positional projection per query.");
  }
  const array = path.slice(0, -2);
  setMode(path, true, reading);
  addToTree(reading.tree, array, { kind: "include" });
  reading.positional = array;
}

function readDocument(path: string, value: Document, reading: Reading): void {
  const name = value.firstName;
  if (name === undefined) {
    throw new MongoError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
  }
  if (!name.startsWith("$")) {
    for (const [inner, each] of value.fields()) readField(`${path}.${inner}`, each, reading);
    return;
  }
  const operand = value.get(name) ?? null;
  if (name === "$elemMatch") readElemMatch(path, operand, reading);
  else if (name === "$meta") readMeta(path, operand, reading);
  else {
    const slice = name === "$slice" && isFindSlice(operand) ? parseSlice(operand) : undefined;
    if (!slice) {
      readExpression(path, value, reading);
      return;
    }
    reading.hasSlice = true;
    addToTree(reading.tree, path, { kind: "slice", slice });
  }
}

const isFindSlice = (operand: Value): boolean => !isArray(operand) || isNumber(operand[0]);

function readElemMatch(path: string, operand: Value, reading: Reading): void {
  if (!(operand instanceof Document)) {
    throw new MongoError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${isArray(operand) ? "array" : "another type"}`,
    );
  }
  if (path.includes(".")) throw new MongoError(31275, "Cannot use $elemMatch projection on a nested field");
  reading.hasElemMatch = true;
  const { options } = reading;
  const matcher = compileMatcher(parsePredicates(path, Document.from([["$elemMatch", operand]]), options), options);
  addToTree(reading.tree, path, {
    kind: "compute",
    expression(document) {
      const array = document.get(path);
      const index = isArray(array) ? matcher.position(document) : undefined;
      const found = isArray(array) && index !== undefined ? array[index] : undefined;
      return found === undefined ? undefined : [found];
    },
  });
}

const metaNames: ReadonlySet<string> = new Set([
  "textScore",
  "randVal",
  "geoNearDistance",
  "geoNearPoint",
  "recordId",
  "indexKey",
  "sortKey",
]);

/** Metadata is added whether the other fields are included or excluded. */
function readMeta(path: string, operand: Value, { tree, options }: Reading): void {
  if (typeof operand !== "string" || !metaNames.has(operand)) {
    throw new MongoError(17308, `Unsupported argument to $meta: ${String(operand)}`);
  }
  addToTree(tree, path, { kind: "compute", expression: (document) => options.meta?.(document, operand) });
}

function readExpression(path: string, value: Value, reading: Reading): void {
  if (!reading.options.compileExpression) {
    throw new MongoError("BadValue", `An expression is not allowed here: field ${path}`);
  }
  if (path === "_id") reading.id = true;
  if (reading.isInclusion === false) {
    throw new MongoError(31252, `Cannot use an expression for an exclusion projection: field ${path}`);
  }
  if (path !== "_id") reading.isInclusion = true;
  addToTree(reading.tree, path, { kind: "compute", expression: reading.options.compileExpression(value) });
}
