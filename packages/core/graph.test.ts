import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderByDependency, withDependencies } from "./graph.ts";

const edgesOf = (graph: Readonly<Record<string, readonly string[]>>) => (name: string) => graph[name] ?? [];

describe("orderByDependency", () => {
  it("puts each name after all that it needs", () => {
    const graph = { proxy: ["api", "web"], api: ["mongo", "redis"], web: [], mongo: [], redis: [] };
    expect(orderByDependency(Object.keys(graph), edgesOf(graph))).toEqual({
      layers: [["web", "mongo", "redis"], ["api"], ["proxy"]],
    });
  });

  it("names a cycle as the path that closes it, and a name that needs itself", () => {
    const graph = { a: ["b"], b: ["c"], c: ["b"], d: ["d"] };
    expect(orderByDependency(["a", "b", "c"], edgesOf(graph))).toEqual({ cycle: ["b", "c", "b"] });
    expect(orderByDependency(["d"], edgesOf(graph))).toEqual({ cycle: ["d", "d"] });
  });

  it("orders any graph whose edges point to earlier names, and leaves out unknown ones", () => {
    const graphs = fc
      .array(fc.array(fc.nat(20)), { maxLength: 20 })
      .map((lists) =>
        Object.fromEntries(
          lists.map((needs, index) => [`n${index}`, needs.filter((each) => each < index).map((each) => `n${each}`)]),
        ),
      );
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = orderByDependency(Object.keys(graph).reverse(), (name) => [...(graph[name] ?? []), "unknown"]);
        if (!("layers" in order)) throw new Error("there is no cycle");
        const layerOf = new Map(order.layers.flatMap((names, layer) => names.map((name) => [name, layer] as const)));
        expect([...layerOf.keys()].sort()).toEqual(Object.keys(graph).sort());
        for (const [name, needs] of Object.entries(graph))
          for (const need of needs) expect(layerOf.get(need)).toBeLessThan(layerOf.get(name) ?? -1);
      }),
    );
  });
});

describe("withDependencies", () => {
  it("adds everything that is needed, in the order of the file, once, cycles or not", () => {
    const graph = { proxy: ["api"], api: ["mongo"], mongo: [], a: ["b"], b: ["a"] };
    expect(withDependencies(["proxy"], ["mongo", "api", "proxy"], edgesOf(graph))).toEqual(["mongo", "api", "proxy"]);
    expect(withDependencies(["b"], ["a", "b"], edgesOf(graph))).toEqual(["a", "b"]);
  });
});
