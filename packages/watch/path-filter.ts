import { isAbsolute, relative, sep } from "node:path";
import { default as dockerignore } from "@balena/dockerignore";
import ignore from "ignore";

/** Whether a path passes; absolute paths in, a folder's own path passes always. */
export type PathFilter = (path: string) => boolean;

/** Patterns of .dockerignore's form (docs.docker.com, "Build context", .dockerignore files), relative to `folder`: true for what they match. */
export function dockerPatterns(folder: string, patterns: readonly string[]): PathFilter {
  if (patterns.length === 0) return () => false;
  const matcher = dockerignore.default({ ignorecase: false }).add([...patterns]);
  return within(folder, (path) => matcher.ignores(path));
}

/** A .gitignore of `folder` (git-scm.com, gitignore): true for what it ignores. */
export function gitPatterns(folder: string, text: string): PathFilter {
  const matcher = ignore().add(text);
  // Without a slash at its end a path is a file: a pattern for folders also means what lies in them, which is asked for by name.
  return within(folder, (path) => matcher.ignores(path) || matcher.ignores(`${path}/`));
}

function within(folder: string, test: (path: string) => boolean): PathFilter {
  return (path) => {
    const inside = relative(folder, path);
    if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return false;
    return test(inside.split(sep).join("/"));
  };
}
