import { type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";
import type { Violation } from "../violation.ts";

/** Types count: files that need each other's types are one idea in two files, or hide a third file. */
export const noCycles: Law = {
  sentence: "no files import each other in a circle, not even for types",
  check: ({ files }) => findCycles(files),
};

function findCycles(files: readonly SourceFile[]): readonly Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<SourceFile>();
  const path: SourceFile[] = [];
  const found: Violation[] = [];

  const visit = (file: SourceFile): void => {
    path.push(file);
    for (const { specifier, offset } of file.imports) {
      const target = resolveSpecifier(file, specifier);
      const next = target.kind === "file" ? byPath.get(target.path) : undefined;
      if (!next || done.has(next)) continue;
      const start = path.indexOf(next);
      if (start < 0) visit(next);
      else
        found.push(
          violationAt(file, offset, `a cycle: ${[...path.slice(start), next].map((each) => each.path).join(" -> ")}`),
        );
    }
    path.pop();
    done.add(file);
  };

  for (const file of files) if (!done.has(file)) visit(file);
  return found;
}
