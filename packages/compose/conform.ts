import { nearest } from "@drydock/core";
import { uniqueItems } from "./merge.ts";
import type { Report } from "./report.ts";
import { absolute, type Base, resolvePath } from "./resolve-path.ts";
import type { Mistake, Shape } from "./shapes/shape.ts";
import { type Entry, itemPath, kindOf, type MappingNode, type Node, type NodeKind } from "./yaml/node.ts";

/**
 * Checks a value against a shape, expands its short forms and makes its paths absolute. What is wrong is reported and taken out, so
 * that the rest can go on. Undefined: all of it.
 */
export function conform(node: Node, shape: Shape, path: string, base: Base, report: Report): Node | undefined {
  const kind = kindOf(node);
  if (!isAccepted(kind, shape)) {
    report({ place: node.place, ...describeKind(node, kind, shape, path) });
    return undefined;
  }
  if (node.kind === "scalar") {
    const mistake = node.value === null ? undefined : shape.check?.(node.text);
    if (mistake) return refuse(node, path, mistake, report);
  }
  const long = shape.expand?.(node) ?? node;
  if (isMistake(long)) return refuse(node, path, long, report);
  if (isNodes(long)) return long[0];
  switch (long.kind) {
    case "scalar":
      return shape.path ? absolute(long, shape.path, base) : long;
    case "list":
      return conformList(long, shape, path, base, report);
    case "mapping": {
      const conformed = shape.keys ? conformRecord : conformDictionary;
      const checked = conformed(long, shape, path, base, report);
      return shape.paths ? shape.paths(checked, (file) => resolvePath(file, base)) : checked;
    }
  }
}

function conformList(node: Node & { kind: "list" }, shape: Shape, path: string, base: Base, report: Report): Node {
  const { item } = shape;
  if (!item) return node;
  const items = node.items.flatMap((each, index): readonly Node[] => {
    const where = itemPath(path, each, index);
    const many = each.kind === "scalar" && isAccepted(kindOf(each), item) ? item.expand?.(each) : undefined;
    const written = each.index ?? index;
    if (many !== undefined && isNodes(many)) return many.map((node) => ({ ...node, index: written }));
    const conformed = conform(each, item, where, base, report);
    return conformed ? [{ ...conformed, index: written }] : [];
  });
  return uniqueItems({ ...node, items }, shape);
}

function conformRecord(node: MappingNode, shape: Shape, path: string, base: Base, report: Report): MappingNode {
  const { keys = {}, noun = "this mapping" } = shape;
  const entries = new Map<string, Entry>();
  const dropped = new Set(node.dropped);
  for (const [key, entry] of node.entries) {
    const where = path === "" ? key : `${path}.${key}`;
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!known && key.startsWith("x-")) {
      entries.set(key, entry);
      continue;
    }
    if (!known) {
      const moved = shape.moved?.[key];
      const close = moved === undefined ? nearest(key, Object.keys(keys)) : undefined;
      const fallback = moved ?? "remove it, or name it x-... when it is your own";
      const hint = close === undefined ? fallback : `did you mean "${close}"?`;
      report({ place: entry.keyPlace, message: `${where} is not a key of ${noun}`, hint });
      // What was meant counts as given, so that nobody says that it is missing.
      dropped.add(close ?? key);
      continue;
    }
    const value = conform(entry.node, known, where, base, report);
    if (value) entries.set(key, { ...entry, node: value });
    else dropped.add(key);
  }
  return { ...node, entries, ...(dropped.size > 0 ? { dropped } : {}) };
}

function conformDictionary(node: MappingNode, shape: Shape, path: string, base: Base, report: Report): MappingNode {
  const { others, names } = shape;
  if (!others) return node;
  const entries = new Map<string, Entry>();
  const dropped = new Set(node.dropped);
  for (const [key, entry] of node.entries) {
    const where = path === "" ? key : `${path}.${key}`;
    if (names && !names.test(key)) {
      report({
        place: entry.keyPlace,
        message: `${where}: the name ${JSON.stringify(key)} cannot be used`,
        hint: "use letters, digits, dots, dashes and underscores",
      });
      dropped.add(key);
      continue;
    }
    const value = conform(entry.node, others, where, base, report);
    if (value) entries.set(key, { ...entry, node: value });
    else dropped.add(key);
  }
  return { ...node, entries, ...(dropped.size > 0 ? { dropped } : {}) };
}

function isAccepted(kind: NodeKind, shape: Shape): boolean {
  return shape.accepts.includes(kind) || (kind === "integer" && shape.accepts.includes("number"));
}

const kinds: Readonly<Record<NodeKind, string>> = {
  text: "text",
  integer: "a number",
  number: "a number",
  boolean: "a boolean",
  null: "empty",
  mapping: "a mapping",
  list: "a list",
};

function describeKind(node: Node, kind: NodeKind, shape: Shape, path: string): { message: string; hint?: string } {
  const what = path === "" ? "the file" : path;
  const message = `${what} must be ${shape.is}, and is ${kinds[kind]}`;
  if (kind === "null") return { message, hint: "give it a value, or remove the key" };
  if (node.kind === "scalar" && shape.accepts.includes("text")) {
    const mistake = shape.check?.(node.text);
    if (mistake) return { message, ...(mistake.hint === undefined ? {} : { hint: mistake.hint }) };
    return { message, hint: `put it into quotes: "${node.text}"` };
  }
  if (node.kind === "scalar" && shape.accepts.includes("list") && !shape.accepts.includes("mapping")) {
    return { message, hint: `write it as a list: [${node.text}]` };
  }
  return { message };
}

function refuse(node: Node, path: string, { wrong, hint }: Mistake, report: Report): undefined {
  const given = node.kind === "scalar" ? ` ${JSON.stringify(node.text)}` : "";
  report({
    place: node.place,
    message: `${path}${given === "" ? "" : ":"}${given} ${wrong}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

function isMistake(value: Node | readonly Node[] | Mistake): value is Mistake {
  return "wrong" in value;
}

function isNodes(value: Node | readonly Node[] | Mistake): value is readonly Node[] {
  return Array.isArray(value);
}
