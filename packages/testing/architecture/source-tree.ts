import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files that laws speak of: path relative to the repository, with forward slashes, to text. */
export type SourceTree = ReadonlyMap<string, string>;

// `fixtures` are other people's projects in small: what tests read, not what the product is made of.
const skippedFolders = new Set(["node_modules", "dist", "coverage", ".dev", "fixtures"]);
const relevantFile = /\.(ts|tsx|mts|mjs|js)$|(^|\/)(package|tsconfig)\.json$/;

/** Reads the sources and manifests below these folders and files of a repository. */
export function readSourceTree(repository: string, roots: readonly string[]): SourceTree {
  return new Map(
    roots
      .flatMap((root) => (relevantFile.test(root) ? [root] : relevantFiles(repository, root)))
      .map((path) => [path, readFileSync(join(repository, path), "utf8")]),
  );
}

function relevantFiles(repository: string, folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : relevantFiles(repository, path);
    return relevantFile.test(path) ? [path] : [];
  });
}
