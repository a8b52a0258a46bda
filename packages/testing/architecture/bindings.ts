import { childList, childNode, type SyntaxNode, textOf } from "./syntax.ts";

/** What a name of a module stands for: something declared here, or `imported` of another module. */
export type Binding =
  | { readonly kind: "declared"; readonly declaration: SyntaxNode }
  | { readonly kind: "imported"; readonly specifier: string; readonly imported: string; readonly offset: number };

/** A module's names at its top level, and the names under which it exports them. */
export interface ModuleNames {
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly exports: ReadonlyMap<string, Binding>;
}

/** Reads the top level of a module. */
export function moduleNames(program: SyntaxNode): ModuleNames {
  const bindings = new Map(childList(program, "body").flatMap((statement) => bindingsOf(statement)));
  const exports = new Map(childList(program, "body").flatMap((statement) => exportsOf(statement, bindings)));
  return { bindings, exports };
}

function bindingsOf(statement: SyntaxNode): readonly (readonly [string, Binding])[] {
  if (statement.type === "ImportDeclaration") {
    const specifier = textOf(childNode(statement, "source"), "value") ?? "";
    return childList(statement, "specifiers").flatMap((each) => {
      const local = textOf(childNode(each, "local"), "name");
      const imported = textOf(childNode(each, "imported"), "name") ?? "default";
      return local === undefined
        ? []
        : [[local, { kind: "imported", specifier, imported, offset: each.start }] as const];
    });
  }
  const declaration = childNode(statement, "declaration") ?? statement;
  const declared = declaration.type === "VariableDeclaration" ? childList(declaration, "declarations") : [declaration];
  return declared.flatMap((each) => {
    const name = textOf(childNode(each, "id"), "name");
    return name === undefined ? [] : [[name, { kind: "declared", declaration: each }] as const];
  });
}

function exportsOf(
  statement: SyntaxNode,
  bindings: ReadonlyMap<string, Binding>,
): readonly (readonly [string, Binding])[] {
  if (statement.type !== "ExportNamedDeclaration") return [];
  const specifier = textOf(childNode(statement, "source"), "value");
  const named = childList(statement, "specifiers").flatMap((each) => {
    const local = textOf(childNode(each, "local"), "name");
    const exported = textOf(childNode(each, "exported"), "name");
    if (local === undefined || exported === undefined) return [];
    const binding: Binding | undefined =
      specifier === undefined
        ? bindings.get(local)
        : { kind: "imported", specifier, imported: local, offset: each.start };
    return binding ? [[exported, binding] as const] : [];
  });
  return [...named, ...bindingsOf(statement).filter(([, { kind }]) => kind === "declared")];
}
