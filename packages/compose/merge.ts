import type { Shape } from "./shapes/shape.ts";
import type { Entry, ListNode, MappingNode, Node } from "./yaml/node.ts";

/**
 * Puts a later value on top of an earlier one (Compose Specification, merge): mappings key by key, lists appended with their
 * duplicates removed, all else replaced; where a shape has a rule of its own, by that rule. Both are in long form.
 */
export function mergeNodes(earlier: Node, later: Node, shape: Shape | undefined): Node {
  if (shape?.merge) return shape.merge(earlier, later, shape);
  if (later.kind === "scalar" && later.value === null) return earlier;
  if (earlier.kind === "mapping" && later.kind === "mapping") return mergeMappings(earlier, later, shape);
  if (earlier.kind === "list" && later.kind === "list") {
    return uniqueItems({ ...later, items: [...earlier.items, ...later.items] }, shape);
  }
  return later;
}

function mergeMappings(earlier: MappingNode, later: MappingNode, shape: Shape | undefined): Node {
  const entries = new Map<string, Entry>(earlier.entries);
  for (const [key, given] of later.entries) {
    const old = entries.get(key);
    const inner = shape?.keys?.[key] ?? shape?.others;
    entries.set(key, old ? { keyPlace: given.keyPlace, node: mergeNodes(old.node, given.node, inner) } : given);
  }
  const dropped = new Set([...(earlier.dropped ?? []), ...(later.dropped ?? [])]);
  return { ...earlier, entries, ...(dropped.size > 0 ? { dropped } : {}) };
}

/** Of entries with the same key, keeps the place of the first and the value of the last. */
export function uniqueItems(node: ListNode, shape: Shape | undefined): ListNode {
  const keyOf = shape?.keyOf;
  if (!keyOf) return node;
  const items: Node[] = [];
  const indexes = new Map<string, number>();
  for (const item of node.items) {
    const key = keyOf(item);
    const index = key === undefined ? undefined : indexes.get(key);
    if (index !== undefined) items[index] = item;
    else {
      items.push(item);
      if (key !== undefined) indexes.set(key, items.length - 1);
    }
  }
  return { ...node, items };
}
