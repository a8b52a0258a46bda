import type { MappingNode, Node, NodeKind } from "../yaml/node.ts";

/** Which text `docker compose config` prints: they differ in a few fields. */
export type PrintFormat = "json" | "yaml";

/** How a later file's value joins an earlier one's. Default: mappings key by key, lists appended, all else replaced. */
export type MergeRule = (earlier: Node, later: Node, shape: Shape) => Node;

/** What is wrong with a value: `is not a duration`. */
export interface Mistake {
  readonly wrong: string;
  readonly hint?: string;
}

/** Turns a short form into the long one; an entry of a list may become several. */
export type Expansion = (node: Node) => Node | readonly Node[] | Mistake;

/**
 * What may stand somewhere in a Compose file, and what becomes of it: one description drives checking, expansion of short
 * forms, merging, path resolution and printing.
 */
export interface Shape {
  /** For messages: `a list of ports`. */
  readonly is: string;
  readonly accepts: readonly NodeKind[];
  /** Of a mapping with known keys, in the order in which Compose prints them. */
  readonly keys?: Readonly<Record<string, Shape>>;
  /** Keys that Compose once had, and what is written instead. */
  readonly moved?: Readonly<Record<string, string>>;
  /** Of a mapping with known keys: what it belongs to, for messages: `a service`. */
  readonly noun?: string;
  /** Of a mapping with any keys: what their values are. */
  readonly others?: Shape;
  /** Of a mapping with any keys: what a key may look like. */
  readonly names?: RegExp;
  readonly required?: readonly string[];
  /** Of a list. */
  readonly item?: Shape;
  /** Of a scalar: what is wrong with its text; undefined when nothing is. */
  readonly check?: (text: string) => Mistake | undefined;
  readonly expand?: Expansion;
  readonly merge?: MergeRule;
  /** Of a list: entries with the same key are one, the last wins. */
  readonly keyOf?: (item: Node) => string | undefined;
  /** Of a text that names a file, which is made absolute: `context` may also be an address or another service. */
  readonly path?: "file" | "context";
  /** Of a mapping in which one value decides whether another one is a path: makes it absolute. */
  readonly paths?: (node: MappingNode, resolve: (path: string) => string) => MappingNode;
  /** Undefined: left out. */
  readonly print: (node: Node, format: PrintFormat) => unknown;
  /** What is printed where it is absent. */
  readonly absent?: (format: PrintFormat) => unknown;
}
