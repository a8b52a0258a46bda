import { childNode, childNodes, type SyntaxNode, textOf } from "./syntax.ts";

/** A name that a signature mentions: `Docker` for `Docker.Container`. */
export interface Mention {
  readonly name: string;
  readonly offset: number;
}

/** The key under which each kind of node holds the name that it mentions. */
const mentionKey: Readonly<Record<string, string>> = {
  TSTypeReference: "typeName",
  TSTypeQuery: "exprName",
  TSClassImplements: "expression",
  TSInterfaceHeritage: "expression",
  ClassDeclaration: "superClass",
  NewExpression: "callee",
  CallExpression: "callee",
};

/** What one can see of a declaration from outside: no function bodies, no private members, no value beside its type. */
export function mentionsOf(declaration: SyntaxNode): readonly Mention[] {
  const found: Mention[] = [];
  const visit = (node: SyntaxNode): void => {
    const key = mentionKey[node.type];
    const name = key === undefined ? undefined : leftmostName(childNode(node, key));
    if (name !== undefined) found.push({ name, offset: node.start });
    for (const child of visibleChildren(node)) visit(child);
  };
  visit(declaration);
  return found;
}

function visibleChildren(node: SyntaxNode): readonly SyntaxNode[] {
  if (isPrivate(node)) return [];
  const annotation = childNode(node, "typeAnnotation") ?? childNode(childNode(node, "id"), "typeAnnotation");
  if (annotation && /^(VariableDeclarator|PropertyDefinition|AssignmentPattern)$/.test(node.type)) return [annotation];
  const isFunction = /Function(Declaration|Expression)$|^TSDeclareFunction$/.test(node.type);
  const hidden = isFunction ? childNode(node, "body") : /^(New|Call)Expression$/.test(node.type) ? node : undefined;
  return hidden === node ? [] : childNodes(node).filter((child) => child !== hidden);
}

function isPrivate(node: SyntaxNode): boolean {
  return node.accessibility === "private" || childNode(node, "key")?.type === "PrivateIdentifier";
}

function leftmostName(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined || node.type === "Identifier") return textOf(node, "name");
  return leftmostName(childNode(node, "left") ?? childNode(node, "object") ?? childNode(node, "callee"));
}
