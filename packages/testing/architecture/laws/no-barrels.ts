import { type Codebase, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { promisedPaths } from "../promise.ts";
import { childList, childNode } from "../syntax.ts";

/** A package promises what its index names, one by one; whoever wants something else inside the package asks the file that has it. */
export const noBarrels: Law = {
  sentence: "nothing is re-exported besides by one index.ts a package, which names each export",
  check: (codebase) => [
    ...codebase.files.flatMap((file) =>
      file.imports
        .filter((each) => each.isReExport && each.isStar)
        .map((each) => violationAt(file, each.offset, `export * from "${each.specifier}": name the exports`)),
    ),
    ...codebase.files
      .filter((file) => isBarrel(file) && !isPromise(file, codebase))
      .map((file) => violationAt(file, 0, "it only re-exports: import from the files themselves")),
  ],
};

function isBarrel({ program, path }: SourceFile): boolean {
  const statements = childList(program, "body");
  const reExports = statements.filter((node) => node.type.startsWith("Export") && childNode(node, "source"));
  if (/\/index\.[^/]+$/.test(path) && path.split("/").length > 3) return true;
  return (
    reExports.length > 0 && statements.every((node) => node.type === "ImportDeclaration" || reExports.includes(node))
  );
}

/** The index.ts of a package, or a module that its package.json publishes under a name of its own. */
function isPromise(file: SourceFile, { packages }: Codebase): boolean {
  const owner = packages.find((each) => each.folder === file.folder);
  return owner !== undefined && promisedPaths(owner).includes(file.path);
}
