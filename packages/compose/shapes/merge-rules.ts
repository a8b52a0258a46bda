import { mergeNodes } from "../merge.ts";
import { type Entry, entriesOf, itemsOf, type MappingNode, type Node, textOf } from "../yaml/node.ts";
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

/**
 * Pools of the same subnet are merged, others added. Compose compares each earlier pool with each later one and merges in place, so that an
 * earlier pool whose subnet no later entry has is lost; this does the same, so that both show the same network.
 */
export const mergePools: MergeRule = (earlier, later) => {
  type Pool = Map<string, Entry>;
  const subnetOf = (pool: ReadonlyMap<string, Entry>): string | undefined => textOf(pool.get("subnet")?.node);
  const pools: Pool[] = [];
  for (const old of itemsOf(earlier).map((node): Pool => new Map(entriesOf(node)))) {
    for (const given of itemsOf(later).map((node): Pool => new Map(entriesOf(node)))) {
      const isKnown = pools.some((pool) => subnetOf(pool) === subnetOf(given));
      if (subnetOf(given) !== subnetOf(old) && !isKnown) {
        pools.push(given);
        continue;
      }
      for (const [key, entry] of given) old.set(key, entry);
      const index = pools.findIndex((pool) => subnetOf(pool) === subnetOf(old));
      if (index < 0) pools.push(old);
      else pools[index] = old;
    }
  }
  return {
    kind: "list",
    items: pools.map((entries) => ({ kind: "mapping", entries, place: later.place })),
    place: later.place,
  };
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
