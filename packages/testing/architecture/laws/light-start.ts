import { type Codebase, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier, type Target } from "../specifier.ts";
import type { Violation } from "../violation.ts";

// What `dev --help` needs, and loads in a few milliseconds.
const light = ["commander", "fastest-levenshtein"];

/** Follows static imports from the program's first file, through packages: what it meets is loaded at every start of `dev`. */
export const startLoadsNothingHeavy: Law = {
  sentence:
    "starting `dev` loads no library besides the command-line parser: the others come through import() in the command that needs them",
  check: (codebase) => loadedAtStart(codebase).flatMap((file) => heavyImports(file)),
};

/** `dev up --plain` and every other command do without the screen: the file that shows it is loaded when it is shown. */
export const screenIsLoadedLazily: Law = {
  sentence: "cli loads the terminal UI through import() only",
  check: ({ files }) => {
    const product = files.filter((file) => file.folder === "cli" && !file.isTest);
    const showing = product.filter((file) =>
      file.imports.some((each) => each.form === "static" && each.specifier === "@drydock/tui"),
    );
    return product.flatMap((file) =>
      file.imports
        .filter((each) => each.form === "static")
        .filter((each) => showing.some(({ path }) => path === entryPath(resolveSpecifier(file, each.specifier))))
        .map(({ specifier, offset }) =>
          violationAt(file, offset, `${specifier} brings the terminal UI with it: use import()`),
        ),
    );
  },
};

function loadedAtStart({ files }: Codebase): readonly SourceFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<SourceFile>();
  const visit = (file: SourceFile | undefined): void => {
    if (!file || reached.has(file)) return;
    reached.add(file);
    for (const target of staticTargets(file)) visit(byPath.get(entryPath(target)));
  };
  visit(byPath.get("packages/cli/main.ts"));
  return [...reached];
}

function heavyImports(file: SourceFile): readonly Violation[] {
  return file.imports.flatMap(({ form, specifier, offset }) => {
    const target = resolveSpecifier(file, specifier);
    if (form !== "static" || target.kind !== "vendor" || light.includes(target.name)) return [];
    return [
      violationAt(
        file,
        offset,
        `every start of dev loads ${specifier}, because static imports lead here from packages/cli/main.ts`,
      ),
    ];
  });
}

function staticTargets(file: SourceFile): readonly Target[] {
  return file.imports.filter((each) => each.form === "static").map((each) => resolveSpecifier(file, each.specifier));
}

function entryPath(target: Target): string {
  if (target.kind === "file") return target.path;
  return target.kind === "workspace" ? `packages/${target.folder}/index.ts` : "";
}
