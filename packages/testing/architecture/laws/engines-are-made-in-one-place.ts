import { type Codebase, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";
import { childList, childNode, type SyntaxNode, textOf, walkSyntax } from "../syntax.ts";
import type { Violation } from "../violation.ts";

const composeRoot = "packages/session/compose-root.ts";

/** What makes an engine: a class that implements `Engine`, or a function that promises one. */
export const enginesAreMadeInOnePlace: Law = {
  sentence: `only ${composeRoot} constructs engines`,
  check: (codebase) => {
    const makers = findEngineMakers(codebase);
    return codebase.files
      .filter((file) => file.path !== composeRoot && !file.isTest)
      .flatMap((file) => usesOfMakers(file, makers));
  },
};

interface EngineMaker {
  readonly name: string;
  readonly folder: string;
}

function findEngineMakers({ files }: Codebase): readonly EngineMaker[] {
  return files
    .filter((file) => !file.isTest && file.folder !== "session")
    .flatMap((file) =>
      exportedDeclarations(file.program)
        .filter(makesEngine)
        .flatMap((declaration) => {
          const name = textOf(childNode(declaration, "id"), "name");
          return name === undefined ? [] : [{ name, folder: file.folder }];
        }),
    );
}

function exportedDeclarations(program: SyntaxNode): readonly SyntaxNode[] {
  return childList(program, "body")
    .filter((node) => node.type === "ExportNamedDeclaration")
    .flatMap((node) => childNode(node, "declaration") ?? [])
    .flatMap((node) => (node.type === "VariableDeclaration" ? childList(node, "declarations") : [node]));
}

function makesEngine(declaration: SyntaxNode): boolean {
  if (declaration.type === "ClassDeclaration") {
    return childList(declaration, "implements").some(
      (each) => textOf(childNode(each, "expression"), "name") === "Engine",
    );
  }
  const maker = declaration.type === "VariableDeclarator" ? childNode(declaration, "init") : declaration;
  const result = childNode(childNode(maker, "returnType"), "typeAnnotation");
  const awaited = typeName(result) === "Promise" ? childList(childNode(result, "typeArguments"), "params")[0] : result;
  return typeName(awaited) === "Engine";
}

function typeName(type: SyntaxNode | undefined): string | undefined {
  return textOf(childNode(type, "typeName"), "name");
}

/** Names of makers in a file that imports, as a value, the package they are from; each place once. */
function usesOfMakers(file: SourceFile, makers: readonly EngineMaker[]): readonly Violation[] {
  const imported = file.imports
    .filter((each) => each.form !== "type")
    .map((each) => resolveSpecifier(file, each.specifier))
    .flatMap((target) => (target.kind === "workspace" ? [target.folder] : []));
  const names = new Set(makers.filter((maker) => imported.includes(maker.folder)).map((maker) => maker.name));
  const found = new Map<number, Violation>();
  walkSyntax(file.program, (node) => {
    const name = textOf(node, "name");
    if (node.type === "Identifier" && name !== undefined && names.has(name)) {
      // An import without `as` holds its name twice, at the same place.
      found.set(node.start, violationAt(file, node.start, `it takes ${name}, which makes an engine`));
    }
    return undefined;
  });
  return [...found.values()];
}
