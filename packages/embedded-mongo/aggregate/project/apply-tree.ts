import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { pickFields } from "../../values/pick-fields.ts";
import type { Result, Variables } from "../expressions/expression.ts";
import type { ProjectionNode, ProjectionTree } from "./projection-tree.ts";

/** Compiles an inclusion: keeps the fields that the tree keeps; in an array, of each document. */
export function compileInclude(tree: ProjectionTree): (document: Document) => Document {
  const read = pickFields([...tree.fields].flatMap(([name, node]) => (node.kind === "compute" ? [] : [name])));
  return (document) => include(read(document), tree);
}

function include(fields: ReadonlyMap<string, Value>, tree: ProjectionTree): Document {
  const kept = new Map<string, Value>();
  for (const [name, value] of fields) {
    const node = tree.fields.get(name);
    const result = node && includeValue(value, node);
    if (result !== undefined) kept.set(name, result);
  }
  return Document.of(kept);
}

function includeValue(value: Value, node: ProjectionNode): Result {
  if (node.kind === "keep") return value;
  if (node.kind !== "tree") return undefined;
  if (value instanceof Document) return include(value.fields(), node);
  if (!isArray(value)) return undefined;
  // Where something will be computed, an element that is no document becomes a document of that.
  const instead = computes(node) ? [emptyDocument] : [];
  return value.flatMap((item) => {
    const result = includeValue(item, node);
    return result === undefined ? instead : [result];
  });
}

/** Drops the fields that the tree drops. */
export function exclude(document: Document, tree: ProjectionTree): Document {
  const kept = new Map<string, Value>();
  for (const [name, value] of document.fields()) {
    const node = tree.fields.get(name);
    if (!node) kept.set(name, value);
    else if (node.kind !== "drop") kept.set(name, excludeValue(value, node));
  }
  return Document.of(kept);
}

function excludeValue(value: Value, node: ProjectionNode): Value {
  if (node.kind !== "tree") return value;
  if (value instanceof Document) return exclude(value, node);
  return isArray(value) ? value.map((item) => excludeValue(item, node)) : value;
}

/** Sets the fields that the tree computes; `root` is what the expressions read. A missing result removes the field. */
export function compute(document: Document, tree: ProjectionTree, root: Document, variables: Variables): Document {
  const fields = new Map(document.fields());
  for (const [name, node] of tree.fields) {
    if (node.kind === "compute") {
      set(fields, name, node.expression(root, variables));
    } else if (node.kind === "tree" && computes(node)) {
      set(fields, name, computeValue(fields.get(name), node, root, variables));
    }
  }
  return Document.of(fields);
}

function set(fields: Map<string, Value>, name: string, value: Result): void {
  if (value === undefined) fields.delete(name);
  else fields.set(name, value);
}

function computeValue(value: Result, tree: ProjectionTree, root: Document, variables: Variables): Value {
  if (value instanceof Document) return compute(value, tree, root, variables);
  if (isArray(value)) return value.map((item) => computeValue(item, tree, root, variables));
  // What is no document becomes one of the computed fields.
  return compute(Document.of(new Map()), tree, root, variables);
}

/** Whether anything is computed in it. */
export const computes = (tree: ProjectionTree): boolean =>
  [...tree.fields.values()].some((node) => node.kind === "compute" || (node.kind === "tree" && computes(node)));

/** Whether the tree has a leaf of this kind. */
export const hasLeaf = (tree: ProjectionTree, kind: "keep" | "drop"): boolean =>
  [...tree.fields.values()].some((node) => node.kind === kind || (node.kind === "tree" && hasLeaf(node, kind)));

/** The expression of one document: what stages that change documents run. */
export type Transform = (document: Document, variables: Variables) => Document;
