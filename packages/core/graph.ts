/** Groups of names where each depends only on earlier groups, or the first cycle found, as the path that closes it. */
export type Order = { readonly layers: readonly (readonly string[])[] } | { readonly cycle: readonly string[] };

/** Orders a dependency graph. `edges(name)` are the names that `name` needs; names outside `names` are ignored. */
export function orderByDependency(names: readonly string[], edges: (name: string) => readonly string[]): Order {
  const known = new Set(names);
  const depth = new Map<string, number>();
  const path: string[] = [];
  let cycle: string[] | undefined;

  const visit = (name: string): number => {
    const seen = depth.get(name);
    if (seen !== undefined) return seen;
    const start = path.indexOf(name);
    if (start >= 0) {
      cycle ??= [...path.slice(start), name];
      return 0;
    }
    path.push(name);
    const needs = edges(name).filter((each) => known.has(each));
    const level = needs.reduce((deepest, each) => Math.max(deepest, visit(each) + 1), 0);
    path.pop();
    depth.set(name, level);
    return level;
  };

  const layers: string[][] = [];
  for (const name of names) {
    const level = visit(name);
    if (cycle) return { cycle };
    layers[level] = [...(layers[level] ?? []), name];
  }
  return { layers };
}

/** `names` and everything that they need, in the order of `all`. */
export function withDependencies(
  names: readonly string[],
  all: readonly string[],
  edges: (name: string) => readonly string[],
): readonly string[] {
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const need of edges(name)) add(need);
  };
  for (const name of names) add(name);
  return all.filter((name) => wanted.has(name));
}
