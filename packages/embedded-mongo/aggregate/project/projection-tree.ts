import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import type { Compiler, Expression } from "../expressions/expression.ts";
import { parsePath } from "../expressions/field-path.ts";
import { isTrue } from "../expressions/values.ts";

/** What happens with a field: it is kept, dropped, computed, or has fields of its own that something happens with. */
export type ProjectionNode =
  | { readonly kind: "keep" | "drop" }
  | { readonly kind: "compute"; readonly expression: Expression }
  | ProjectionTree;

export interface ProjectionTree {
  readonly kind: "tree";
  readonly fields: Map<string, ProjectionNode>;
}

export const emptyTree = (): ProjectionTree => ({ kind: "tree", fields: new Map() });

/** How a value of a specification is read: `$project` knows `1` and `0`, `$addFields` takes every value as an expression. */
export type ReadLeaf = (value: Value, path: string) => ProjectionNode;

/**
 * Parses `{ "a.b": ..., c: { d: ... } }`.
 * @throws MongoError 31249, 31250, 40176 where two paths collide, 51270 for an empty document
 */
export function parseTree(specification: Document, readLeaf: ReadLeaf, emptyCode: number): ProjectionTree {
  const root = emptyTree();
  const addAll = (document: Document, prefix: readonly string[]): void => {
    for (const [name, value] of document.fields()) {
      const path = [...prefix, ...parsePath(name)];
      if (prefix.length > 0 && name.includes(".")) {
        throw new MongoError(40183, `FieldPath field names may not contain '.' in '${name}'`);
      }
      if (value instanceof Document && !value.firstName?.startsWith("$")) {
        if (value.size === 0) {
          throw new MongoError(
            emptyCode,
            `An empty sub-projection is not a valid value. Found empty object at path ${path.join(".")}`,
          );
        }
        addAll(value, path);
      } else place(root, path, readLeaf(value, path.join(".")));
    }
  };
  addAll(specification, []);
  return root;
}

function place(root: ProjectionTree, path: readonly string[], leaf: ProjectionNode): void {
  let tree = root;
  for (const [index, name] of path.entries()) {
    const there = tree.fields.get(name);
    if (index === path.length - 1) {
      if (there) throw new MongoError(31250, `Invalid $project :: caused by :: Path collision at ${path.join(".")}`);
      tree.fields.set(name, leaf);
      return;
    }
    if (there && there.kind !== "tree") {
      throw new MongoError(
        31249,
        `Path collision at ${path.join(".")} remaining portion ${path.slice(index + 1).join(".")}`,
      );
    }
    const next = there ?? emptyTree();
    tree.fields.set(name, next);
    tree = next;
  }
}

/** `$project`'s leaves. */
export const readProjectLeaf =
  (compiler: Compiler): ReadLeaf =>
  (value) => {
    if (isNumber(value) || typeof value === "boolean") return { kind: isTrue(value) ? "keep" : "drop" };
    return computeLeaf(value, compiler);
  };

/** A leaf that is computed. @throws MongoError 31325 for an operator that is not known, where other stages say InvalidPipelineOperator */
export function computeLeaf(value: Value, compiler: Compiler): ProjectionNode {
  const name = value instanceof Document ? value.firstName : undefined;
  if (name?.startsWith("$") && !compiler.hasOperator(name)) {
    throw new MongoError(31325, `Invalid $project :: caused by :: Unknown expression ${name}`);
  }
  return { kind: "compute", expression: compiler.compile(value) };
}
