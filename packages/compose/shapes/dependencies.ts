import { type Entry, entriesOf, itemsOf, mapping, type Node, scalar, textOf } from "../yaml/node.ts";
import { dictionary, record } from "./collections.ts";
import { choice, flag, flagOf } from "./scalars.ts";
import type { Mistake, Shape } from "./shape.ts";

/** Conditions of a dependency (Compose Specification, depends_on). */
export const conditions = ["service_started", "service_healthy", "service_completed_successfully"] as const;

const dependency = record("a dependency", {
  condition: choice(...conditions),
  restart: flag(),
  required: { ...flag({ keep: true }), print: (node) => flagOf(node) ?? true },
});

/** `depends_on` of a service: a list of names means `service_started`. */
export const dependsOn: Shape = dictionary(dependency, {
  is: "a list of services or a mapping",
  accepts: ["list", "mapping"],
  expand: (node) =>
    node.kind === "list"
      ? namesToMapping(node, (item) =>
          mapping({ condition: scalar(conditions[0], item.place), required: scalar(true, item.place) }, item.place),
        )
      : node,
});

/** A list of names as a mapping from each to a value. */
function namesToMapping(node: Node, detailsOf: (item: Node) => Node): Node | Mistake {
  const entries = new Map<string, Entry>();
  for (const item of itemsOf(node)) {
    const name = item.kind === "scalar" && typeof item.value === "string" ? textOf(item) : undefined;
    if (name === undefined) return { wrong: "takes names" };
    entries.set(name, { keyPlace: item.place, node: detailsOf(item) });
  }
  return { kind: "mapping", entries, place: node.place };
}

/** Names in a list, or a mapping of names to details that may be empty. */
export function namedDetails(details: Shape, is: string): Shape {
  return dictionary(
    { ...details, accepts: [...details.accepts, "null"] },
    {
      is,
      accepts: ["list", "mapping"],
      expand: (node) => (node.kind === "list" ? namesToMapping(node, (item) => scalar(null, item.place)) : node),
    },
  );
}

/** Writes the defaults of the long form out (Compose Specification, depends_on, long syntax). */
export function withDependencyDefaults(node: Node): Node {
  if (node.kind !== "mapping") return node;
  const entries = [...entriesOf(node)].map(([name, entry]): [string, Entry] => {
    if (entry.node.kind !== "mapping") return [name, entry];
    const { place } = entry.node;
    const defaults = mapping({ condition: scalar(conditions[0], place), required: scalar(true, place) }, place);
    const merged = new Map([...defaults.entries, ...entry.node.entries]);
    return [name, { ...entry, node: { ...entry.node, entries: merged } }];
  });
  return { ...node, entries: new Map(entries) };
}
