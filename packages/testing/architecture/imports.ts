import { childList, childNode, type SyntaxNode, textOf, walkSyntax } from "./syntax.ts";

/** One way in which a file reaches for another module. */
export interface Import {
  readonly specifier: string;
  /** `lazy`: import(), require() and import.meta.resolve(); `type`: erased before anything runs. */
  readonly form: "static" | "lazy" | "type";
  readonly isReExport: boolean;
  /** `export * from`, with or without a name. */
  readonly isStar: boolean;
  /** `import "x"` or `await import("x");`: it takes no name. */
  readonly isBare: boolean;
  readonly offset: number;
}

/** Every import of a file: static, dynamic, re-exports, types (also `import("x").T`), `require` and `import.meta.resolve`. */
export function findImports(program: SyntaxNode): readonly Import[] {
  const found: Import[] = [];
  const dropped = new Set<SyntaxNode>();
  const add = (node: SyntaxNode, source: SyntaxNode | undefined, form: Import["form"], isReExport = false) => {
    const specifier = textOf(source, "value");
    if (specifier === undefined) return;
    const takesNothing = node.type === "ImportDeclaration" && childList(node, "specifiers").length === 0;
    const isBare = dropped.has(node) || (takesNothing && form === "static");
    found.push({
      specifier,
      form,
      isReExport,
      isStar: node.type === "ExportAllDeclaration",
      isBare,
      offset: node.start,
    });
  };
  walkSyntax(program, (node) => {
    const source = childNode(node, "source");
    switch (node.type) {
      case "ImportDeclaration":
        add(node, source, node.importKind === "type" ? "type" : "static");
        break;
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        add(node, source, node.exportKind === "type" ? "type" : "static", true);
        break;
      case "TSImportType":
        add(node, source, "type");
        break;
      case "TSImportEqualsDeclaration":
        add(node, childNode(childNode(node, "moduleReference"), "expression"), "static");
        break;
      case "ExpressionStatement": {
        const expression = childNode(node, "expression");
        const awaited = expression?.type === "AwaitExpression" ? childNode(expression, "argument") : expression;
        if (awaited?.type === "ImportExpression") dropped.add(awaited);
        break;
      }
      case "ImportExpression":
        add(node, source, "lazy");
        break;
      case "CallExpression":
        if (isModuleLookup(childNode(node, "callee"))) add(node, childList(node, "arguments")[0], "lazy");
        break;
    }
    return undefined;
  });
  return found;
}

/** `require(…)`, `require.resolve(…)`, `import.meta.resolve(…)`. */
function isModuleLookup(callee: SyntaxNode | undefined): boolean {
  if (callee?.type === "Identifier") return callee.name === "require";
  if (callee?.type !== "MemberExpression" || textOf(childNode(callee, "property"), "name") !== "resolve") return false;
  const object = childNode(callee, "object");
  return object?.type === "MetaProperty" || textOf(object, "name") === "require";
}
