import { MongoError } from "../errors/mongo-error.ts";
import type { Expression } from "../match/query-options.ts";
import { splitPath } from "../values/path.ts";
import type { Slice } from "./slice.ts";

/** What happens to one field. */
export type ProjectionLeaf =
  | { readonly kind: "include" }
  | { readonly kind: "exclude" }
  | { readonly kind: "slice"; readonly slice: Slice }
  /** The field becomes what the expression gives for the whole document. */
  | { readonly kind: "compute"; readonly expression: Expression };

/** Fields by name, as a projection names them. */
export interface ProjectionTree {
  readonly kind: "fields";
  readonly children: Map<string, ProjectionLeaf | ProjectionTree>;
}

/** A tree without fields. */
export const emptyTree = (): ProjectionTree => ({ kind: "fields", children: new Map() });

/** Adds what happens at a dotted path. @throws MongoError 31249, 31250 when another path says something there already, 40352, 40353, 15998, 16410 */
export function addToTree(root: ProjectionTree, path: string, leaf: ProjectionLeaf): void {
  const components = splitPath(path);
  checkPath(path, components);
  let node = root;
  for (const [at, name] of components.entries()) {
    const existing = node.children.get(name);
    if (at === components.length - 1) {
      if (existing) throw new MongoError(31250, `Path collision at ${path}`);
      node.children.set(name, leaf);
    } else if (!existing) {
      const made = emptyTree();
      node.children.set(name, made);
      node = made;
    } else if (existing.kind === "fields") node = existing;
    else {
      const rest = components.slice(at + 1).join(".");
      throw new MongoError(31249, `Path collision at ${path} remaining portion ${rest}`);
    }
  }
}

function checkPath(path: string, components: readonly string[]): void {
  if (path === "") throw new MongoError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  if (components.includes("")) throw new MongoError(15998, "FieldPath field names may not be empty strings.");
  if (components.some((component) => /^\$(?!id$|ref$|db$)/.test(component))) {
    throw new MongoError(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  }
}

/** Whether anything in it is computed. */
export const computes = (node: ProjectionTree | ProjectionLeaf): boolean =>
  node.kind === "compute" || (node.kind === "fields" && [...node.children.values()].some(computes));
