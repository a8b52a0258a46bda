import { type Entry, entriesOf, itemsOf, list, type Node, scalar, textOf, withEntries } from "../yaml/node.ts";
import { looseText, text } from "./scalars.ts";
import type { Mistake, PrintFormat, Shape } from "./shape.ts";

/** A mapping with known keys; `x-` keys pass everywhere. Printed even when empty. */
export function record(noun: string, keys: Readonly<Record<string, Shape>>, more: Partial<Shape> = {}): Shape {
  const ordered = Object.entries(keys);
  return {
    is: "a mapping",
    accepts: ["mapping"],
    noun,
    keys,
    print: (node, format) => printRecord(node, ordered, format),
    ...more,
  };
}

/** A mapping whose keys are names of the writer's own. Left out when empty. */
export function dictionary(others: Shape, more: Partial<Shape> = {}): Shape {
  return {
    is: "a mapping",
    accepts: ["mapping"],
    others,
    print: (node, format) => printDictionary(node, others, format),
    ...more,
  };
}

/** A list. Left out when empty. */
export function listOf(item: Shape, more: Partial<Shape> = {}): Shape {
  return { is: "a list", accepts: ["list"], item, print: (node, format) => printList(node, item, format), ...more };
}

/** Words in a list; entries that are the same before a `=` are one. */
export function words(more: Partial<Shape> = {}): Shape {
  return listOf(text(), { is: "a list of texts", ...more });
}

/** A text, or a list of them. */
export function textOrWords(more: Partial<Shape> = {}): Shape {
  return words({ is: "a text or a list of texts", accepts: ["text", "list"], expand: toList, ...more });
}

/** The rule of lists in which `KEY` and `KEY=VALUE` are the same entry. */
export const keyBeforeEquals = (item: Node): string | undefined => textOf(item)?.split("=", 1)[0];

/** Wraps what is not a list into one. */
export function toList(node: Node): Node {
  return node.kind === "list" ? node : list([node], node.place);
}

/**
 * `KEY: VALUE`, or a list of `KEY=VALUE`. `bare`: what a key without a value is printed as; undefined leaves it out.
 */
export function keyValues(bare: "null" | "empty" | "none", more: Partial<Shape> = {}): Shape {
  const value = looseText("a text, a number or a boolean", {
    accepts: ["text", "integer", "number", "boolean", "null"],
  });
  return {
    is: "a mapping or a list of KEY=VALUE",
    accepts: ["mapping", "list"],
    others: value,
    expand: splitAtEquals,
    merge: mergeKeyValues,
    print: (node) => {
      const pairs = sorted(node).flatMap(([key, entry]): readonly (readonly [string, string | null])[] => {
        const given = textOf(entry.node);
        if (given !== undefined) return [[key, given]];
        return bare === "none" ? [] : [[key, bare === "null" ? null : ""]];
      });
      return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
    },
    ...more,
  };
}

function splitAtEquals(node: Node): Node | Mistake {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    const given = textOf(item);
    if (given === undefined || item.kind !== "scalar" || typeof item.value !== "string")
      return { wrong: "takes texts such as KEY=VALUE" };
    const equals = given.indexOf("=");
    const key = equals < 0 ? given : given.slice(0, equals);
    if (/\s$/.test(key)) return { wrong: `has a space before the = of ${key.trimEnd()}` };
    const value =
      equals < 0 ? { ...scalar(null, item.place), isBare: true } : scalar(given.slice(equals + 1), item.place);
    entries.delete(key);
    entries.set(key, { keyPlace: item.place, node: value });
  }
  return { kind: "mapping", entries, place: node.place };
}

/** The later value of a key wins, also when it is none. */
function mergeKeyValues(earlier: Node, later: Node): Node {
  if (earlier.kind !== "mapping" || later.kind !== "mapping") return later;
  const bared = [...earlier.entries, ...later.entries].map(([key, entry]): [string, Entry] =>
    entry.node.kind === "scalar" && entry.node.value === null
      ? [key, { ...entry, node: { ...entry.node, isBare: true } }]
      : [key, entry],
  );
  return withEntries(earlier, new Map(bared));
}

function printRecord(node: Node, keys: readonly (readonly [string, Shape])[], format: PrintFormat): unknown {
  if (node.kind !== "mapping") return undefined;
  const printed: [string, unknown][] = [];
  for (const [key, shape] of keys) {
    const value = node.entries.get(key)?.node;
    const output = (value ? shape.print(value, format) : undefined) ?? shape.absent?.(format);
    if (output !== undefined) printed.push([key, output]);
  }
  if (format === "yaml") printed.push(...printExtensions(node));
  return Object.fromEntries(printed);
}

/** The `x-` keys of a mapping, as they stand in the file. */
export function printExtensions(node: Node): readonly [string, unknown][] {
  return sorted(node)
    .filter(([key]) => key.startsWith("x-"))
    .map(([key, entry]) => [key, printRaw(entry.node)]);
}

/** A value as it stands in the file. */
function printRaw(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(printRaw);
  return Object.fromEntries(sorted(node).map(([key, entry]) => [key, printRaw(entry.node)]));
}

function printDictionary(node: Node, shape: Shape, format: PrintFormat): unknown {
  const printed = sorted(node).map(([key, entry]) => {
    const isNull = entry.node.kind === "scalar" && entry.node.value === null;
    return [key, isNull ? null : (shape.print(entry.node, format) ?? "")] as const;
  });
  return printed.length === 0 ? undefined : Object.fromEntries(printed);
}

function printList(node: Node, item: Shape, format: PrintFormat): unknown {
  const printed = itemsOf(node).map((each) => item.print(each, format) ?? "");
  return printed.length === 0 ? undefined : printed;
}

/** Entries in the order of their keys' bytes. */
export function sorted(node: Node): readonly (readonly [string, Entry])[] {
  return [...entriesOf(node)].sort(([a], [b]) => (a < b ? -1 : 1));
}
