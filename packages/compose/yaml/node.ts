import type { Place } from "./source.ts";

/** A YAML value that knows where it was written. Immutable: every stage of loading makes new nodes where it changes something. */
export type Node = ScalarNode | MappingNode | ListNode;

interface Listed {
  /** Of an entry of a list: which one it was as it was written, for messages. */
  readonly index?: number;
}

/** A single value. */
export interface ScalarNode extends Listed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** The value as text: of a number, what Compose prints for it where text is wanted. */
  readonly text: string;
  readonly place: Place;
  /** A null that stands for a bare `KEY` in a list of `KEY=VALUE`. */
  readonly isBare?: boolean;
}

/** The value of a key, and where the key stands. */
export interface Entry {
  readonly keyPlace: Place;
  readonly node: Node;
}

/** Values by key, in the order of the file. */
export interface MappingNode extends Listed {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
  /** Keys that were written but taken out because something is wrong with them, which was reported. */
  readonly dropped?: ReadonlySet<string>;
}

/** Values in order. */
export interface ListNode extends Listed {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly place: Place;
}

/** What a node is, in the words of messages. */
export type NodeKind = "text" | "integer" | "number" | "boolean" | "null" | "mapping" | "list";

/** What a node is, for messages and for what a shape accepts. */
export function kindOf(node: Node): NodeKind {
  if (node.kind !== "scalar") return node.kind;
  if (node.value === null) return "null";
  if (typeof node.value === "boolean") return "boolean";
  if (typeof node.value === "number") return Number.isInteger(node.value) ? "integer" : "number";
  return "text";
}

/** A single value of ours, at the place that it stands for. */
export function scalar(value: ScalarNode["value"], place: Place): ScalarNode {
  return { kind: "scalar", value, text: value === null ? "" : String(value), place };
}

/** A list of ours, at the place that it stands for. */
export function list(items: readonly Node[], place: Place): ListNode {
  return { kind: "list", items, place };
}

/** A mapping written by us at one place: the long form of something short. Undefined values are left out. */
export function mapping(values: Readonly<Record<string, Node | undefined>>, place: Place): MappingNode {
  const entries = new Map<string, Entry>();
  for (const [key, node] of Object.entries(values)) if (node) entries.set(key, { keyPlace: place, node });
  return { kind: "mapping", entries, place };
}

/** The same mapping with other entries. */
export function withEntries(node: MappingNode, entries: ReadonlyMap<string, Entry>): MappingNode {
  return { ...node, entries };
}

/** The same mapping with one key set. */
export function withKey(node: MappingNode, key: string, value: Node): MappingNode {
  const old = node.entries.get(key);
  return withEntries(node, new Map(node.entries).set(key, { keyPlace: old?.keyPlace ?? value.place, node: value }));
}

/** The same mapping without some keys. */
export function withoutKeys(node: MappingNode, ...keys: readonly string[]): MappingNode {
  if (!keys.some((key) => node.entries.has(key))) return node;
  const entries = new Map(node.entries);
  for (const key of keys) entries.delete(key);
  return withEntries(node, entries);
}

/** The value of a key, when the node is a mapping that has it. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "mapping" ? node.entries.get(key)?.node : undefined;
}

/** The value at the end of a path of keys. */
export function at(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>(child, node);
}

/** The text of a scalar that is not null. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? node.text : undefined;
}

/** The entries of a list; none of anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items : [];
}

/** The path of an entry of a list, with the number that it had where it was written. */
export function itemPath(path: string, item: Node, index: number): string {
  return `${path}[${item.index ?? index}]`;
}

/** The entries of a mapping; none of anything else. */
export function entriesOf(node: Node | undefined): ReadonlyMap<string, Entry> {
  return node?.kind === "mapping" ? node.entries : noEntries;
}

const noEntries: ReadonlyMap<string, Entry> = new Map();
