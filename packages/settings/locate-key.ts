import { parse } from "@babel/parser";

/** A place in a text: lines and columns count from 1, 0 where it has no such place. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

const nowhere: Place = { line: 0, column: 0, length: 0 };

/**
 * Finds the key of a path in the object that a module exports by default, literally or through a call such as `defineConfig({...})`. A path whose
 * end is made elsewhere (spread, a variable) gets the place of the last part that is written there. Never throws.
 */
export function locateKey(text: string, path: readonly PropertyKey[]): Place {
  let node = exportedObject(text);
  let place = nowhere;
  for (const key of path) {
    const found: Found | undefined = typeof key === "number" ? elementOf(node, key) : propertyOf(node, String(key));
    if (!found) return place;
    place = placeOf(found.key);
    node = found.value;
  }
  return place;
}

/** The parts of Babel's syntax tree that are looked at. */
interface SyntaxNode {
  readonly type: string;
  readonly loc?: { readonly start: Position; readonly end: Position } | null;
  readonly [field: string]: unknown;
}
interface Position {
  readonly line: number;
  readonly column: number;
}
interface Found {
  readonly key: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

function exportedObject(text: string): SyntaxNode | undefined {
  let body: readonly SyntaxNode[];
  try {
    const { program } = parse(text, { sourceType: "module", plugins: ["typescript"], errorRecovery: true });
    body = nodesOf(program.body);
  } catch {
    return undefined;
  }
  const exported = body.find(({ type }) => type === "ExportDefaultDeclaration");
  return exported && unwrap(nodeOf(exported.declaration), body);
}

/** Looks through calls, casts and names of constants. */
function unwrap(node: SyntaxNode | undefined, body: readonly SyntaxNode[]): SyntaxNode | undefined {
  switch (node?.type) {
    case "CallExpression":
      return unwrap(nodesOf(node.arguments)[0], body);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return unwrap(nodeOf(node.expression), body);
    case "Identifier":
      return unwrap(initialValue(node.name, body), body);
    default:
      return node;
  }
}

function initialValue(name: unknown, body: readonly SyntaxNode[]): SyntaxNode | undefined {
  const declarations = body.flatMap((node) => (node.type === "VariableDeclaration" ? nodesOf(node.declarations) : []));
  const found = declarations.find((each) => nodeOf(each.id)?.name === name);
  return found && nodeOf(found.init);
}

function propertyOf(node: SyntaxNode | undefined, key: string): Found | undefined {
  if (node?.type !== "ObjectExpression") return undefined;
  for (const property of nodesOf(node.properties)) {
    const name = nodeOf(property.key);
    if (name && (name.name === key || name.value === key)) return { key: name, value: nodeOf(property.value) };
  }
  return undefined;
}

function elementOf(node: SyntaxNode | undefined, index: number): Found | undefined {
  const element = node?.type === "ArrayExpression" ? nodesOf(node.elements)[index] : undefined;
  return element && { key: element, value: element };
}

function placeOf({ loc }: SyntaxNode): Place {
  if (!loc) return nowhere;
  const { start, end } = loc;
  return {
    line: start.line,
    column: start.column + 1,
    length: end.line === start.line ? end.column - start.column : 1,
  };
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
const nodeOf = (value: unknown): SyntaxNode | undefined => (isNode(value) ? value : undefined);
const nodesOf = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);
