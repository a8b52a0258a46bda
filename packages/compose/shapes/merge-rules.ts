import { mergeNodes } from "../merge.ts";
import { entriesOf, itemsOf, type MappingNode, type Node, textOf, withEntries } from "../yaml/node.ts";
import type { MergeRule, Shape } from "./shape.ts";

/** The later value, whole: `command`, `entrypoint`, `healthcheck.test`, `ulimits`. */
export const replace: MergeRule = (_earlier, later) => later;

/** Options of another logging driver are not kept (Compose Specification, merge, "logging"). */
export const mergeLogging: MergeRule = (earlier, later, shape) => {
  const [old, given] = [earlier, later].map((node) => textOf(entriesOf(node).get("driver")?.node));
  const isOther = old !== undefined && given !== undefined && old !== given;
  return isOther || earlier.kind !== "mapping" || later.kind !== "mapping" ? later : mergeKeys(earlier, later, shape);
};

/** Hosts are appended but for those that are the same text. */
export const mergeExtraHosts: MergeRule = (earlier, later) => {
  const kept = asPairs(earlier);
  const known = new Set(kept.map(textOf));
  return {
    kind: "list",
    items: [...kept, ...asPairs(later).filter((item) => !known.has(textOf(item)))],
    place: later.place,
  };
};

/** Pools of the same subnet are merged, others added (as Compose does: earlier pools whose subnet is in no later entry go). */
export const mergePools: MergeRule = (earlier, later) => {
  const pools: Node[] = [];
  const subnetOf = (node: Node): string | undefined => textOf(entriesOf(node).get("subnet")?.node);
  for (const old of itemsOf(earlier)) {
    for (const given of itemsOf(later)) {
      if (subnetOf(given) !== subnetOf(old) && !pools.some((pool) => subnetOf(pool) === subnetOf(given))) {
        pools.push(given);
        continue;
      }
      if (old.kind !== "mapping" || given.kind !== "mapping") continue;
      const merged = withEntries(old, new Map([...old.entries, ...given.entries]));
      const index = pools.findIndex((pool) => subnetOf(pool) === subnetOf(merged));
      if (index < 0) pools.push(merged);
      else pools[index] = merged;
    }
  }
  return { kind: "list", items: pools, place: later.place };
};

function mergeKeys(earlier: MappingNode, later: MappingNode, shape: Shape): Node {
  const { merge: _, ...plain } = shape;
  return mergeNodes(earlier, later, plain);
}

function asPairs(node: Node): readonly Node[] {
  if (node.kind !== "mapping") return itemsOf(node);
  return [...node.entries].flatMap(([host, entry]) =>
    (entry.node.kind === "list" ? entry.node.items : [entry.node]).map((address): Node => {
      const pair = `${host}=${textOf(address) ?? ""}`;
      return { kind: "scalar", value: pair, text: pair, place: entry.keyPlace };
    }),
  );
}
