import { MongoError } from "../errors/mongo-error.ts";
import { fieldOperators } from "../match/operators/all-operators.ts";
import { parseFilter, parsePredicates } from "../match/parse-filter.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { formatField, formatValue } from "../values/format-value.ts";
import { splitPath } from "../values/path.ts";
import { typeOf } from "../values/types.ts";
import { applyTree } from "./apply-tree.ts";
import { type ElementTest, parseArrayFilters } from "./array-filters.ts";
import { ChangeRecord } from "./change-record.ts";
import type { Update, UpdateOptions } from "./compiled-update.ts";
import { refuseDollarFields } from "./dollar-fields.ts";
import { refuseNewId, withNewId } from "./immutable-id.ts";
import { allModifiers } from "./modifiers/all-modifiers.ts";
import type { Leaf, ModifierContext } from "./modifiers/modifier.ts";
import { buildTree, type UpdateNode } from "./update-tree.ts";
import { upsertDocument } from "./upsert-document.ts";

/** An update by operators: `{ $set: { a: 1 }, $inc: { b: 1 } }`. @throws MongoError FailedToParse and others */
export function compileOperators(update: Document, options: UpdateOptions): Update {
  const leaves = [...leavesOf(update, options)];
  const tree = buildTree(leaves);
  const paths = leaves.map(([path]) => path);
  const arrayFilters = parseArrayFilters(options.arrayFilters ?? [], options);
  checkIdentifiers(tree, "", arrayFilters, new Set(arrayFilters.keys()), update);
  return {
    kind: "operators",
    apply(document, matcher) {
      refuseDollarFields(paths);
      const record = new ChangeRecord();
      const position = () => matcher?.position(document);
      const after = applyTree(tree, { document, isInsert: false, arrayFilters, position }, record);
      if (after === document) return undefined;
      refuseNewId(document, after);
      return { after, description: record.describe(document, after) };
    },
    onInsert(filter, newId) {
      const document = upsertDocument(filter);
      const application = { document, isInsert: true, arrayFilters, position: () => undefined };
      const after = applyTree(tree, application, new ChangeRecord());
      refuseNewId(document, after);
      return withNewId(after, newId);
    },
  };
}

function* leavesOf(update: Document, options: UpdateOptions): Iterable<readonly [string, Leaf]> {
  const context: ModifierContext = {
    options,
    isFieldOperator: (name) => fieldOperators.has(name),
    filter: (filter) => parseFilter(filter, options),
    predicates: (path, operators) => parsePredicates(path, operators, options),
  };
  for (const [name, fields] of update.fields()) {
    const modifier = allModifiers.get(name);
    if (!modifier) throw unknownModifier(name);
    if (!(fields instanceof Document)) throw notFields(name, fields);
    for (const [path, operand] of fields.fields()) {
      refuseDepth(path, operand);
      yield* modifier.parse(path, operand, context);
    }
  }
}

// What a stored document may have, in MongoDB's server: 200, less what a command wraps around it.
const mostDepth = 180;

function refuseDepth(path: string, operand: Value): void {
  if (splitPath(path).length + depthOf(operand) <= mostDepth) return;
  throw new MongoError("Overflow", `Document exceeds maximum nested object depth: ${mostDepth}`);
}

function depthOf(value: Value): number {
  const children = value instanceof Document ? [...value.fields().values()] : isArray(value) ? value : undefined;
  return children ? 1 + children.reduce<number>((deepest, child) => Math.max(deepest, depthOf(child)), 0) : 0;
}

const unknownModifier = (name: string) =>
  new MongoError(
    "FailedToParse",
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );

const notFields = (name: string, value: Value) =>
  new MongoError(
    "FailedToParse",
    `Modifiers operate on fields but we found type ${typeOf(value).alias} instead. For example: {$mod: {<field>: ...}} not {${formatField(name, value)}}`,
  );

/** Every identifier has a filter, and every filter is used. */
function checkIdentifiers(
  tree: UpdateNode,
  path: string,
  filters: ReadonlyMap<string, ElementTest>,
  unused: Set<string>,
  update: Document,
): void {
  walkIdentifiers(tree, path, (identifier, place) => {
    if (!filters.has(identifier)) {
      throw new MongoError("BadValue", `No array filter found for identifier '${identifier}' in path '${place}'`);
    }
    unused.delete(identifier);
  });
  for (const identifier of unused) {
    const message = `The array filter for identifier '${identifier}' was not used in the update ${formatValue(update)}`;
    throw new MongoError("FailedToParse", message);
  }
}

function walkIdentifiers(node: UpdateNode, path: string, visit: (identifier: string, path: string) => void): void {
  if (node.kind === "leaf") return;
  for (const [name, child] of node.children) {
    const place = path === "" ? name : `${path}.${name}`;
    if (name.startsWith("$[") && name !== "$[]") visit(name.slice(2, -1), place);
    walkIdentifiers(child, place, visit);
  }
}
