import { type Codebase, type Package, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";
import type { Violation } from "../violation.ts";

/** What the product imports is a dependency, what only tests import a devDependency of the package or of the repository. */
export const manifestsListWhatIsImported: Law = {
  sentence: "what a package imports is listed in its package.json",
  check: (codebase) =>
    codebase.packages.flatMap((each) => each.files.flatMap((file) => unlisted(file, each, codebase))),
};

/** A dependency that nobody imports slows down every install. What `cli` publishes is compared with the bundle, by the build. */
export const manifestsListNothingElse: Law = {
  sentence: "what a package.json lists is imported by that package",
  check: ({ packages }) => packages.flatMap((each) => [...unusedDependencies(each), ...unusedDevDependencies(each)]),
};

/** The published package installs the versions that the workspace is tested with. */
export const versionsAgree: Law = {
  sentence: "all packages ask for the same version of a library",
  check: ({ packages }) => {
    const asked = new Map<string, string>();
    return packages.flatMap(({ manifest }) =>
      [...manifest.dependencies, ...manifest.devDependencies].flatMap(([name, range]) => {
        const before = asked.get(name) ?? range;
        asked.set(name, before);
        return before === range
          ? []
          : [{ file: manifest.path, line: manifest.lineOf(name), message: `${name} ${range}, elsewhere ${before}` }];
      }),
    );
  },
};

function unlisted(file: SourceFile, { folder, manifest }: Package, codebase: Codebase): readonly Violation[] {
  const isTest = file.isTest || folder === "testing";
  return file.imports.flatMap(({ specifier, offset, form }) => {
    const name = packageName(file, specifier);
    if (name === undefined || manifest.dependencies.has(name)) return [];
    // cli is bundled with our own packages in it; types leave nothing to install.
    const mayUseDev = isTest || form === "type" || (folder === "cli" && name.startsWith("@drydock/"));
    if (mayUseDev && (manifest.devDependencies.has(name) || manifest.devDependencies.has(`@types/${name}`))) return [];
    if (isTest && codebase.rootDevDependencies.has(name)) return [];
    return [violationAt(file, offset, `it imports ${name}, which ${manifest.path} does not list for it`)];
  });
}

function unusedDependencies({ folder, manifest, files }: Package): readonly Violation[] {
  if (folder === "cli") return [];
  const used = importedNames(files.filter((file) => !file.isTest || folder === "testing"));
  return [...manifest.dependencies.keys()]
    .filter((name) => !used.has(name))
    .map((name) => ({
      file: manifest.path,
      line: manifest.lineOf(name),
      message: `no file of the product imports ${name}`,
    }));
}

function unusedDevDependencies({ manifest, files }: Package): readonly Violation[] {
  const used = importedNames(files);
  return [...manifest.devDependencies.keys()]
    .filter((name) => !used.has(name) && !used.has(name.replace(/^@types\//, "")))
    .map((name) => ({ file: manifest.path, line: manifest.lineOf(name), message: `nothing imports ${name}` }));
}

function importedNames(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) => [
      ...file.imports.flatMap(({ specifier }) => packageName(file, specifier) ?? []),
      // The compiler writes an import of react into every file with JSX.
      ...(file.path.endsWith(".tsx") ? ["react"] : []),
    ]),
  );
}

function packageName(file: SourceFile, specifier: string): string | undefined {
  const target = resolveSpecifier(file, specifier);
  if (target.kind === "vendor") return target.name;
  return target.kind === "workspace" ? `@drydock/${target.folder}` : undefined;
}
