import type { Finding } from "../report.ts";
import { project as projectShape } from "../shapes/project.ts";
import type { Shape } from "../shapes/shape.ts";
import { entriesOf, itemPath, type Node } from "../yaml/node.ts";
import type { Check } from "./check.ts";

/** Keys that something cannot be without. Looked at when all files are merged: each may bring a part. */
export const requiredKeysAreThere: Check = ({ root }) => missingIn(root, projectShape, "");

function missingIn(node: Node, shape: Shape, path: string): readonly Finding[] {
  if (node.kind === "list") {
    const { item } = shape;
    return item ? node.items.flatMap((each, index) => missingIn(each, item, itemPath(path, each, index))) : [];
  }
  if (node.kind !== "mapping") return [];
  const missing = (shape.required ?? []).filter((key) => !node.entries.has(key) && !node.dropped?.has(key));
  const own = missing.map((key) => ({
    place: node.place,
    message: `${path}.${key} is missing`,
    hint: `add ${key}: to ${shape.noun ?? "it"}`,
  }));
  const inner = [...entriesOf(node)].flatMap(([key, entry]) => {
    const known = shape.keys?.[key] ?? (shape.keys ? undefined : shape.others);
    return known ? missingIn(entry.node, known, path === "" ? key : `${path}.${key}`) : [];
  });
  return [...own, ...inner];
}
