import { parseSync } from "rolldown/utils";

/** A node of an ESTree with TypeScript's nodes, as oxc makes it. `start` and `end` are offsets in the text. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Parses TypeScript or JavaScript; the extension of `path` says which. @throws Error with the first syntax error */
export function parseSource(path: string, text: string): SyntaxNode {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  return program as unknown as SyntaxNode;
}

/** Calls `visit` for a node and everything below it, parents first; `visit` returns false to leave out what is below. */
export function walkSyntax(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of childNodes(node)) walkSyntax(child, visit);
}

/** The nodes directly below a node. */
export function childNodes(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** The node under a key; undefined where there is none. */
export function childNode(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const child = node?.[key];
  return isNode(child) ? child : undefined;
}

/** The list of nodes under a key; empty where there is none. */
export function childList(node: SyntaxNode | undefined, key: string): readonly SyntaxNode[] {
  const children = node?.[key];
  return Array.isArray(children) ? children.filter(isNode) : [];
}

/** The text under a key, as `name` of an identifier and `value` of a string have it; undefined where it is no text. */
export function textOf(node: SyntaxNode | undefined, key: "name" | "value"): string | undefined {
  const text = node?.[key];
  return typeof text === "string" ? text : undefined;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
