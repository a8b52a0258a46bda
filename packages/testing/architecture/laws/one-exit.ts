import { type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";
import { childList, childNode, type SyntaxNode, textOf, walkSyntax } from "../syntax.ts";
import type { Violation } from "../violation.ts";

const exits = new Set(["exit", "reallyExit", "abort"]);
// The second takes `process.exit` from the project's own code, and ends nothing itself.
const mayNameIt = new Set(["packages/cli/main.ts", "packages/session/without-exit.ts"]);

/** Whoever else wants to end the process throws, so that clean-up runs and the exit code is decided once. */
export const oneFileExits: Law = {
  sentence: "only packages/cli/main.ts ends the process",
  check: ({ files }) =>
    files.filter((file) => !mayNameIt.has(file.path) && !file.isTest).flatMap((file) => exitsOf(file)),
};

function exitsOf(file: SourceFile): readonly Violation[] {
  const found: Violation[] = [];
  walkSyntax(file.program, (node) => {
    if (isExit(node) || importsExit(file, node)) {
      found.push(violationAt(file, node.start, "it ends the process: throw, and let main.ts decide"));
    }
    return undefined;
  });
  return found;
}

/** `process.exit`, `process["exit"]`, `globalThis.process.exit`, `const { exit } = process`. */
function isExit(node: SyntaxNode): boolean {
  if (node.type === "MemberExpression") {
    const property = childNode(node, "property");
    return (
      isProcess(childNode(node, "object")) && exits.has(textOf(property, "name") ?? textOf(property, "value") ?? "")
    );
  }
  if (node.type !== "VariableDeclarator" || !isProcess(childNode(node, "init"))) return false;
  return childList(childNode(node, "id"), "properties").some((each) =>
    exits.has(textOf(childNode(each, "key"), "name") ?? ""),
  );
}

function isProcess(node: SyntaxNode | undefined): boolean {
  if (node?.type === "MemberExpression") return isProcess(childNode(node, "property"));
  return textOf(node, "name") === "process";
}

function importsExit(file: SourceFile, node: SyntaxNode): boolean {
  if (node.type !== "ImportDeclaration") return false;
  const target = resolveSpecifier(file, textOf(childNode(node, "source"), "value") ?? "");
  if (target.kind !== "builtin" || target.module !== "process") return false;
  return childList(node, "specifiers").some((each) => exits.has(textOf(childNode(each, "imported"), "name") ?? ""));
}
