import type { Path } from "./yaml/convert.ts";
import { type MappingNode, type Node, withEntries } from "./yaml/node.ts";

/** Takes out what later files `!reset` or `!override`. Lists are taken whole or not at all, as Compose does. */
export function removePaths(node: MappingNode, paths: readonly Path[]): MappingNode {
  return paths.reduce(removePath, node);
}

function removePath(node: MappingNode, path: Path): MappingNode {
  const [key, ...rest] = path;
  const entry = key === undefined ? undefined : node.entries.get(key);
  if (key === undefined || !entry) return node;
  const entries = new Map(node.entries);
  if (rest.length === 0) {
    entries.delete(key);
    return withEntries(node, entries);
  }
  const inner: Node = entry.node;
  if (inner.kind !== "mapping") return node;
  entries.set(key, { ...entry, node: removePath(inner, rest) });
  return withEntries(node, entries);
}
