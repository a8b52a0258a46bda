import { MongoError } from "../errors/mongo-error.ts";
import { compareBytes } from "../values/compare.ts";
import { isIndex, splitPath } from "../values/path.ts";
import type { Leaf } from "./modifiers/modifier.ts";

/** The modifiers of an update, joined by their paths: a field's name, `$`, `$[]` or `$[identifier]` leads to the next node. */
export type UpdateNode = Leaf | Branch;

export interface Branch {
  readonly kind: "branch";
  /** In the order of their doing. */
  readonly children: readonly (readonly [name: string, node: UpdateNode])[];
}

interface Growing {
  readonly children: Map<string, Growing | Leaf>;
}

/**
 * Joins modifiers; new fields come in the order of their names, numbers by value (manual, "Update Operators", Behavior).
 * @throws MongoError ConflictingUpdateOperators, BadValue and EmptyFieldName
 */
export function buildTree(leaves: Iterable<readonly [path: string, leaf: Leaf]>): Branch {
  const root: Growing = { children: new Map() };
  for (const [path, leaf] of leaves) add(root, path, leaf);
  return finish(root);
}

function add(root: Growing, path: string, leaf: Leaf): void {
  const components = splitPath(path);
  checkPath(path, components);
  let node = root;
  for (const [at, name] of components.entries()) {
    const existing = node.children.get(name);
    const isLast = at === components.length - 1;
    if (existing && (isLast || "kind" in existing)) throw conflict(path, components.slice(0, at + 1).join("."));
    if (isLast) node.children.set(name, leaf);
    else if (existing && !("kind" in existing)) node = existing;
    else {
      const made: Growing = { children: new Map() };
      node.children.set(name, made);
      node = made;
    }
  }
}

const conflict = (path: string, place: string) =>
  new MongoError("ConflictingUpdateOperators", `Updating the path '${path}' would create a conflict at '${place}'`);

function checkPath(path: string, components: readonly string[]): void {
  if (path === "") throw new MongoError("EmptyFieldName", "An empty update path is not valid.");
  if (components.includes("")) {
    throw new MongoError(
      "EmptyFieldName",
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const [first = ""] = components;
  if (first === "$") {
    throw new MongoError(
      "BadValue",
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  if (first.startsWith("$[")) {
    throw new MongoError(
      "BadValue",
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`,
    );
  }
  if (components.filter((component) => component === "$").length > 1) {
    throw new MongoError("BadValue", `Too many positional (i.e. '$') elements found in path '${path}'`);
  }
}

function finish(node: Growing): Branch {
  const children = [...node.children].sort(([left], [right]) => compareNames(left, right));
  return {
    kind: "branch",
    children: children.map(([name, child]) => [name, "kind" in child ? child : finish(child)]),
  };
}

const compareNames = (left: string, right: string): number =>
  isIndex(left) && isIndex(right) ? Number(left) - Number(right) : compareBytes(left, right);
