import { posix } from "node:path";
import { findImports, type Import } from "./imports.ts";
import { type Manifest, parseManifest, parseReferences } from "./manifest.ts";
import type { SourceTree } from "./source-tree.ts";
import { parseSource, type SyntaxNode } from "./syntax.ts";
import type { Violation } from "./violation.ts";

/** The whole tree, parsed once, for laws to look at. */
export interface Codebase {
  readonly packages: readonly Package[];
  /** Sources of all packages. */
  readonly files: readonly SourceFile[];
  /** Scripts of the repository: they are under a few laws only. */
  readonly scripts: readonly SourceFile[];
  /** Packages by their names in the root manifest: what every test may import. */
  readonly rootDevDependencies: ReadonlySet<string>;
  /** What the root tsconfig.json builds, as paths relative to the repository. */
  readonly rootReferences: readonly string[];
}

/** A workspace. `folder` is its name below packages/: `cli`. */
export interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Folders of the packages that its tsconfig.json references. */
  readonly references: readonly string[];
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  readonly path: string;
  /** The folder of its package; empty for scripts. */
  readonly folder: string;
  /** Tests and what only tests use: never part of the product. */
  readonly isTest: boolean;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly imports: readonly Import[];
}

// `x.test.ts`, and what stands beside tests: a file named test-…, a folder named testing or tests, the package `testing`.
const testPath = /\.test\.tsx?$|\/test-[^/]*$|\/(testing|tests)\//;

/** Parses a tree. @throws Error on the first file that does not parse */
export function parseCodebase(tree: SourceTree): Codebase {
  const sources = [...tree]
    .filter(([path]) => /\.[cm]?[jt]sx?$/.test(path))
    .map(([path, text]) => parseFile(path, text));
  const files = sources.filter((file) => file.folder !== "");
  const packages = [...tree.keys()].flatMap((path) => {
    const folder = /^packages\/([^/]+)\/package\.json$/.exec(path)?.[1];
    return folder === undefined ? [] : [parsePackage(tree, folder, files)];
  });
  return {
    packages,
    files,
    scripts: sources.filter((file) => file.folder === ""),
    rootDevDependencies: new Set(parseManifest("package.json", tree.get("package.json")).devDependencies.keys()),
    rootReferences: parseReferences(tree.get("tsconfig.json")),
  };
}

function parsePackage(tree: SourceTree, folder: string, files: readonly SourceFile[]): Package {
  const path = `packages/${folder}/package.json`;
  return {
    folder,
    manifest: parseManifest(path, tree.get(path)),
    references: parseReferences(tree.get(`packages/${folder}/tsconfig.json`)).map((each) => posix.basename(each)),
    files: files.filter((file) => file.folder === folder),
  };
}

function parseFile(path: string, text: string): SourceFile {
  const program = parseSource(path, text);
  const folder = /^packages\/([^/]+)\//.exec(path)?.[1] ?? "";
  return { path, folder, isTest: testPath.test(path), text, program, imports: findImports(program) };
}

/** A violation at an offset of a file. */
export function violationAt(file: SourceFile, offset: number, message: string): Violation {
  return { file: file.path, line: file.text.slice(0, offset).split("\n").length, message };
}
