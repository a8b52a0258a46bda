import { child, mapping, type Node, scalar, textOf } from "../yaml/node.ts";
import { listOf, record } from "./collections.ts";
import { text } from "./scalars.ts";
import type { Shape } from "./shape.ts";

const mode: Shape = {
  is: "a file mode such as 0440",
  accepts: ["integer", "text"],
  check: (given) => (/^[0-9]+$/.test(given) ? undefined : { wrong: "is not a file mode such as 0440" }),
  print: (node) => {
    const value =
      node.kind === "scalar" && typeof node.value === "number" ? node.value : Number.parseInt(textOf(node) ?? "", 8);
    return `0${value.toString(8)}`;
  },
};

const reference = record(
  "a reference to a file",
  { source: text(), target: text(), uid: text(), gid: text(), mode },
  {
    is: "a name or a mapping",
    accepts: ["text", "mapping"],
    expand: (node) => (node.kind === "scalar" ? mapping({ source: node }, node.place) : node),
  },
);

/** `secrets` or `configs` of a service or a build; `directory` is where they appear without a target of their own. */
export function references(directory: string): Shape {
  return listOf(reference, { is: "a list of names or mappings", keyOf: (item) => targetOf(item, directory) });
}

function targetOf(item: Node, directory: string): string {
  return textOf(child(item, "target")) ?? `${directory}/${textOf(child(item, "source")) ?? ""}`;
}

/** The place where a secret appears, written out. */
export function withSecretTarget(item: Node): Node {
  if (item.kind !== "mapping" || item.entries.has("target")) return item;
  const target = scalar(targetOf(item, "/run/secrets"), item.place);
  return { ...item, entries: new Map(item.entries).set("target", { keyPlace: item.place, node: target }) };
}
