import { Document, emptyDocument, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { computes, type ProjectionLeaf, type ProjectionTree } from "./projection-tree.ts";

/** Applies a tree to a document. Kept fields stay in their order; computed ones come last, in the order of the projection. */
export function applyProjection(tree: ProjectionTree, isInclusion: boolean, document: Document): Document {
  const kept = new Map<string, Value>();
  for (const [name, value] of document.fields()) {
    const result = applyField(tree.children.get(name), isInclusion, value);
    if (result !== undefined) kept.set(name, result);
  }
  addComputed(tree, kept, document);
  return Document.of(kept);
}

function applyField(
  node: ProjectionLeaf | ProjectionTree | undefined,
  isInclusion: boolean,
  value: Value,
): Value | undefined {
  switch (node?.kind) {
    case undefined:
      return isInclusion ? undefined : value;
    case "include":
      return value;
    case "exclude":
      return undefined;
    case "slice":
      return isArray(value) ? node.slice(value) : value;
    case "compute":
      // An inclusion adds it at the end; elsewhere it stays in its place.
      return isInclusion ? undefined : value;
    case "fields":
      return applyInside(node, isInclusion, value);
  }
}

/** Arrays are entered, at any depth; what is no document has no fields to include. */
function applyInside(tree: ProjectionTree, isInclusion: boolean, value: Value): Value | undefined {
  if (isArray(value)) {
    return value.map((item) => applyInside(tree, isInclusion, item)).filter((item) => item !== undefined);
  }
  if (!(value instanceof Document)) return isInclusion && !computes(tree) ? undefined : value;
  const kept = new Map<string, Value>();
  for (const [name, each] of value.fields()) {
    const result = applyField(tree.children.get(name), isInclusion, each);
    if (result !== undefined) kept.set(name, result);
  }
  return Document.of(kept);
}

function addComputed(tree: ProjectionTree, fields: Map<string, Value>, root: Document): void {
  for (const [name, child] of tree.children) {
    if (!computes(child)) continue;
    const value = child.kind === "compute" ? child.expression(root) : computedInside(child, fields.get(name), root);
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
}

function computedInside(node: ProjectionLeaf | ProjectionTree, value: Value | undefined, root: Document): Value {
  if (isArray(value)) return value.map((item) => computedInside(node, item, root));
  const fields = new Map((value instanceof Document ? value : emptyDocument).fields());
  if (node.kind === "fields") addComputed(node, fields, root);
  return Document.of(fields);
}
